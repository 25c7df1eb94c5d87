import { describe, expect, it } from 'vitest'
import { apertium } from '#providers/apertium/index.ts'
import { providerBench } from './provider-bench.ts'
import { translationContract } from './provider-translation.ts'

translationContract('apertium', () => providerBench(apertium))

describe('apertium', () => {
  it('chains pairs where there is no direct one, and takes the variant that was asked for', async () => {
    const bench = await providerBench(apertium)
    const translate = (to: string) =>
      bench.client.translate({ lines: ['The train is late.'], from: 'en', to, signal: new AbortController().signal })
    const [brazil, portugal] = [await translate('pt-BR'), await translate('pt')]
    expect(brazil).toMatchObject({ lines: [expect.stringMatching(/trem/u)], usage: { model: 'eng-spa+es-pt_BR' } })
    expect(portugal).toMatchObject({ lines: [expect.stringMatching(/comboio/u)], usage: { model: 'eng-spa+es-pt' } })
    expect(bench.found.pairs).toContainEqual({ from: 'en', to: 'pt-BR' })
    await bench.close()
  })
})
