import { describe, expect, it, vi } from 'vitest'
import { elevenlabs } from '#providers/elevenlabs/index.ts'
import { espeak } from '#providers/espeak/index.ts'
import { openaiSpeech } from '#providers/openai/index.ts'
import { startElevenlabsFake } from '#test/fakes/elevenlabs.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import { providerBench } from './provider-bench.ts'
import { speechContract } from './provider-speech.ts'

// speech is made and read by tools of this machine, which others may keep busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const KEY = 'xi-test'

speechContract('espeak', () => providerBench(espeak), { outside: false })

speechContract(
  'openai',
  async () => {
    const fake = await startOpenaiFake({ key: KEY })
    return providerBench(openaiSpeech, {
      env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${fake.url}/v1` },
      fake,
    })
  },
  { outside: true },
)

speechContract(
  'elevenlabs',
  async () => {
    const fake = await startElevenlabsFake({ key: KEY })
    return providerBench(elevenlabs, {
      env: { ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: fake.url },
      fake,
    })
  },
  { outside: true },
)

const calm = new AbortController().signal

describe('espeak', () => {
  it('knows the languages people ask for, by the voice they expect', async () => {
    const bench = await providerBench(espeak)
    const voices = await bench.client.voices(calm)
    const first = (tag: string) => voices.find(({ languages }) => languages.includes(tag))?.id
    expect([first('pt-BR'), first('pt'), first('en'), first('es'), first('fr'), first('zh')]).toEqual([
      'pt-br',
      'pt-br',
      'en-us',
      'es',
      'fr-fr',
      'cmn',
    ])
    expect([
      bench.supports({ language: 'de-AT' }),
      bench.supports({ language: 'zh-CN' }),
      bench.supports({ language: 'tlh' }),
    ]).toEqual([true, true, false])
    await bench.close()
  })
})

describe('elevenlabs', () => {
  it('turns the pages of its voices, with the languages that each was verified for first', async () => {
    const fake = await startElevenlabsFake({ key: KEY })
    const bench = await providerBench(elevenlabs, {
      env: { ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: fake.url },
      fake,
    })
    const voices = await bench.client.voices(calm)
    expect(voices.map(({ name, languages, gender }) => [name, languages[0], gender])).toEqual([
      ['Rachel', 'en', 'female'],
      ['George', 'en', 'male'],
      ['Maria', 'pt', 'female'],
    ])
    expect(voices[0]?.languages).toContain('pt')
    expect(fake.violations).toEqual([])
    await bench.close()
  })

  it('lists voices of a gateway that knows no pages', async () => {
    const fake = await startElevenlabsFake({ key: KEY, pages: false })
    const env = { ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: fake.url }
    const bench = await providerBench(elevenlabs, { env, fake })
    expect((await bench.client.voices(calm)).map(({ name }) => name)).toEqual(['Rachel', 'George', 'Maria'])
    await bench.close()
  })

  it('names the language only to models that take it', async () => {
    const fake = await startElevenlabsFake({ key: KEY })
    for (const model of ['eleven_multilingual_v2', 'eleven_flash_v2_5']) {
      const bench = await providerBench(elevenlabs, {
        env: { ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: fake.url, ELEVENLABS_MODEL: model },
      })
      await bench.client.speak({
        text: 'Olá',
        voice: 'cyD08lEy76q03ER1jZ7y',
        language: 'pt-BR',
        outPath: `${bench.dir}/out`,
        signal: calm,
      })
      await bench.close()
    }
    const sent = fake.requests.map(
      ({ body }) => (JSON.parse(body.toString()) as { language_code?: string }).language_code,
    )
    expect(sent).toEqual([undefined, 'pt'])
    await fake.close()
  })

  it('does not speak what its model does not', async () => {
    const bench = await providerBench(elevenlabs, { env: { ELEVENLABS_API_KEY: KEY } })
    expect([bench.supports({ language: 'pt-BR' }), bench.supports({ language: 'sw' })]).toEqual([true, false])
    await bench.close()
  })
})
