import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderBench } from './provider-bench.ts'

/** What every provider of `translation` does. It must translate English to Spanish. */
export function translationContract(name: string, setup: () => Promise<ProviderBench<'translation'>>): void {
  describe(`translation by ${name}`, () => {
    let bench: ProviderBench<'translation'>
    beforeAll(async () => {
      bench = await setup()
    })
    afterAll(() => bench.close())

    const calm = new AbortController().signal
    const translate = async (lines: readonly string[], to = 'es') =>
      (await bench.client.translate({ lines, from: 'en', to, signal: calm })).lines

    it('translates', async () => {
      const [line] = await translate(['The house is red and the door is white.'])
      expect(line).toMatch(/casa/iu)
      expect(line).toMatch(/roj[ao]/iu)
      expect(line).toMatch(/blanc[ao]/iu)
    })

    it('gives as many lines as it got, each the same alone or among others', async () => {
      const lines = [
        'The house is red',
        'and then he said',
        '',
        'Hello. How are you?',
        '…',
        'I do not know',
        '42',
        'The dog',
      ]
      const together = await translate(lines)
      expect(together).toHaveLength(lines.length)
      for (const [index, line] of lines.entries()) expect(await translate([line])).toEqual([together[index]])
    })

    it('keeps names and unknown words without marks', async () => {
      const lines = await translate(['Kubernetes met Zorgblat.', 'The zorgblat is red.'])
      expect(lines.join(' ')).toMatch(/Kubernetes.*Zorgblat.*zorgblat/u)
      expect(lines.join(' ')).not.toMatch(/[*@#]/u)
    })

    it('lets nothing in a line become markup, a mark or another line', async () => {
      const odd = [
        'a [b] {c} ^d$ <e> \\ / @f',
        'first\nsecond',
        'nul\0byte',
        '$(id) `id` ; rm -rf /',
        '-h',
        '*star* #tag',
      ]
      const lines = await translate(odd)
      expect(lines).toHaveLength(odd.length)
      expect(lines.every((line) => line !== null && !/[\n\0]/u.test(line))).toBe(true)
      expect(lines[0]).toContain('[b] {c} ^d$ <e> \\ / @f')
      expect(lines[5]).toMatch(/^\*.*\*.*#/u)
    })

    it('leaves alone what is no word', async () => {
      expect(await translate(['', '…', '—', '♪'])).toEqual(['', '…', '—', '♪'])
    })

    it('translates many lines', async () => {
      const lines = await translate(Array.from({ length: 900 }, (_, index) => `House number ${index}.`))
      expect(lines).toHaveLength(900)
      for (const [index, line] of lines.entries()) expect(line).toMatch(new RegExp(`casa.*\\b${index}\\b`, 'iu'))
    })

    it('ends when it is cancelled', async () => {
      const cancelled = bench.client.translate({
        lines: ['The house'],
        from: 'en',
        to: 'es',
        signal: AbortSignal.abort(),
      })
      await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
    })

    it('says which languages it knows, and no more', async () => {
      expect(bench.supports({ from: 'en', to: 'es' })).toBe(true)
      expect(bench.supports({ from: 'en-GB', to: 'es-MX' })).toBe(true)
      expect(bench.supports({ from: 'en', to: 'tlh' })).toBe(false)
      expect(bench.supports({ to: 'es' })).toBe(false)
      await expect(bench.client.translate({ lines: ['a'], from: 'en', to: 'tlh', signal: calm })).rejects.toMatchObject(
        { code: 'NO_TRANSLATOR' },
      )
    })
  })
}
