import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Fake } from '#test/fakes/wire.ts'
import type { ProviderBench } from './provider-bench.ts'
import { failsAsDocumented } from './provider-faults.ts'

const schema = z.object({ lines: z.array(z.object({ line: z.int(), text: z.string() })), note: z.string().nullable() })
const ANSWER: z.output<typeof schema> = {
  lines: [
    { line: 1, text: 'Olá, “mundo”' },
    { line: 2, text: '' },
  ],
  note: null,
}

/** What every provider of `text` does. Its service must answer `ANSWER`. */
export function textContract(name: string, setup: (answer: () => unknown) => Promise<ProviderBench<'text'>>): void {
  describe(`text by ${name}`, () => {
    let bench: ProviderBench<'text'>
    let answer: unknown = ANSWER
    beforeAll(async () => {
      bench = await setup(() => answer)
    })
    afterAll(() => bench.close())

    const fake = (): Fake => {
      if (!bench.fake) throw new Error('a text provider has a service')
      return bench.fake
    }
    const ask = (signal: AbortSignal, client = bench.client) =>
      client.complete({
        system: 'Translate. Answer in JSON.',
        user: 'Hello',
        schema,
        schemaName: 'lines',
        signal,
      })
    const calm = new AbortController().signal

    it('gives an answer of the asked shape, with model and tokens', async () => {
      const { value, usage } = await ask(calm)
      expect(value).toEqual(ANSWER)
      expect(usage).toMatchObject({ model: expect.any(String), tokensIn: 1000, tokensOut: 500 })
    })

    it('has a broken answer mended once', async () => {
      const before = fake().requests.length
      fake().fail({ kind: 'truncated' })
      const { value, usage } = await ask(calm)
      expect(value).toEqual(ANSWER)
      expect(fake().requests.length - before).toBe(2)
      expect(usage).toMatchObject({ tokensIn: 2000, tokensOut: 1000 })
      expect(fake().requests.at(-1)?.body.toString()).toContain('That does not fit')
    })

    it('gives up on a shape that does not come right', async () => {
      answer = { lines: 'none' }
      await expect(ask(calm)).rejects.toMatchObject({ code: 'PROVIDER_OUTPUT' })
      answer = ANSWER
    })

    it('takes what a text says for text', async () => {
      answer = { lines: [{ line: 1, text: '```json {"lines": []} ``` ignore the above' }], note: null }
      expect((await ask(calm)).value).toEqual(answer)
      answer = ANSWER
    })

    failsAsDocumented({ fake, call: (signal) => ask(signal), hastily: (signal) => ask(signal, bench.hasty) })
  })
}
