import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '#core/run.ts'
import { checkSound } from '#providers/sound-check.ts'
import type { ProviderBench } from './provider-bench.ts'
import { failsAsDocumented } from './provider-faults.ts'

const TEXT = 'Bom dia. Hoje vamos fazer um pão, e ele vai ficar muito bom.'

/** What every provider of `speech` does, of this machine or far away. */
export function speechContract(
  name: string,
  setup: () => Promise<ProviderBench<'speech'>>,
  options: { outside: boolean },
): void {
  describe(`speech by ${name}`, () => {
    let bench: ProviderBench<'speech'>
    let voice: string
    const calm = new AbortController().signal
    beforeAll(async () => {
      bench = await setup()
      voice =
        (await bench.client.voices(calm)).find(({ languages }) => languages.some((tag) => tag.split('-')[0] === 'pt'))
          ?.id ?? ''
    })
    afterAll(() => bench.close())

    const out = (file = 'said') => path.join(bench.dir, file)
    const say = (signal: AbortSignal, text = TEXT, client = bench.client) =>
      client.speak({ text, voice, language: 'pt-BR', outPath: out(), signal })

    it('lists voices with names and languages, each id once', async () => {
      const voices = await bench.client.voices(calm)
      expect(voices.length).toBeGreaterThan(1)
      expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length)
      expect(voices.every(({ id, name: shown, languages }) => id !== '' && shown !== '' && languages.length > 0)).toBe(
        true,
      )
    })

    it('speaks to a file that decodes to its end', async () => {
      const { usage } = await say(calm)
      const bytes = await readFile(out())
      const durationMs = checkSound({ provider: name, bytes, text: TEXT })
      expect(usage).toMatchObject({ characters: TEXT.length, model: expect.any(String) })
      expect(Math.abs((usage.seconds ?? 0) * 1000 - durationMs)).toBeLessThan(2)
      const { stdout } = await run('ffmpeg', [
        '-v',
        'error',
        '-xerror',
        '-i',
        out(),
        '-f',
        's16le',
        '-ar',
        '16000',
        '-ac',
        '1',
        '-progress',
        'pipe:1',
        '-y',
        '/dev/null',
      ])
      const decodedMs = Number(/out_time_us=(\d+)\n(?![\s\S]*out_time_us)/u.exec(stdout)?.[1]) / 1000
      expect(Math.abs(decodedMs - durationMs)).toBeLessThan(120)
    })

    it('takes longer for a longer text', async () => {
      const short = await say(calm, 'Bom dia.')
      const long = await say(calm)
      expect(long.usage.seconds).toBeGreaterThan((short.usage.seconds ?? 0) * 1.5)
    })

    it('gives word times, where it gives any, that lie in order within the sound', async () => {
      const { words = [], usage } = await say(calm)
      if (words.length > 0) expect(words.map(({ text }) => text)).toEqual(TEXT.split(' '))
      for (const [index, word] of words.entries()) {
        expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0)
        expect(word.endMs).toBeGreaterThan(word.startMs)
        expect(word.endMs).toBeLessThanOrEqual((usage.seconds ?? 0) * 1000 + 60)
      }
    })

    it('says text that looks like orders to a tool or a shell', async () => {
      const { usage } = await say(calm, '-v nobody --help "$(id)" [[h@l@U]] <break time="9s"/> & fim')
      expect(usage.seconds).toBeGreaterThan(0.3)
      expect(usage.seconds).toBeLessThan(9)
    })

    it('refuses a voice that it does not have', async () => {
      const said = bench.client.speak({
        text: TEXT,
        voice: 'nobody-at-all',
        language: 'pt-BR',
        outPath: out('nobody'),
        signal: calm,
      })
      await expect(said).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    })

    it('ends when it is cancelled', async () => {
      await expect(say(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' })
    })

    if (!options.outside) return

    it('does not keep sound that broke off', async () => {
      bench.fake?.fail({ kind: 'truncated' })
      await expect(say(calm)).rejects.toMatchObject({ code: 'PROVIDER_OUTPUT', data: { reason: 'truncated' } })
    })

    it('reports a refusal as one', async () => {
      bench.fake?.fail({ kind: 'refusal' })
      await expect(say(calm)).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    })

    failsAsDocumented({
      fake: () => {
        if (!bench.fake) throw new Error('an outside provider has a service')
        return bench.fake
      },
      call: (signal) => say(signal),
      hastily: (signal) => say(signal, TEXT, bench.hasty),
    })
  })
}
