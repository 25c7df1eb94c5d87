import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionCapability } from '#providers/define.ts'
import { type Spoken, spokenEnglish } from '#test/fakes/spoken.ts'
import type { ProviderBench } from './provider-bench.ts'
import { failsAsDocumented } from './provider-faults.ts'

type Request = Parameters<TranscriptionCapability['transcribe']>[0]

export const SENTENCES = [
  'Hello everyone and welcome to our kitchen.',
  'Today we will bake a loaf of bread at home.',
  'You need flour, water, salt and a little time.',
  'The water should be warm but not too hot.',
]

/** What every provider of `transcription` does with English sentences that stand apart. */
export function transcriptionContract(
  name: string,
  setup: () => Promise<ProviderBench<'transcription'>>,
  options: { outside: boolean; extra?: (dir: string) => Promise<Partial<Request>> } = { outside: false },
): void {
  describe(`transcription by ${name}`, () => {
    let bench: ProviderBench<'transcription'>
    let dir: string
    let sound: Spoken
    let extra: Partial<Request> = {}
    const calm = new AbortController().signal
    beforeAll(async () => {
      dir = await mkdtemp(path.join(tmpdir(), 'dailies-heard-'))
      sound = await spokenEnglish({ sentences: SENTENCES, pauseMs: 800, dir })
      extra = (await options.extra?.(dir)) ?? {}
      bench = await setup()
    })
    afterAll(async () => {
      await bench.close()
      await rm(dir, { recursive: true, force: true })
    })

    const hear = (signal: AbortSignal, onProgress: (ratio: number) => void = () => undefined, client = bench.client) =>
      client.transcribe({
        path: sound.path,
        durationMs: sound.durationMs,
        language: 'en',
        ...extra,
        signal,
        onProgress,
      })

    it('hears segments in order, within the sound and without overlap', async () => {
      const { segments, language, usage } = await hear(calm)
      expect(language).toMatch(/^en/u)
      expect(usage.model).toEqual(expect.any(String))
      expect(segments.length).toBeGreaterThanOrEqual(3)
      for (const [index, segment] of segments.entries()) {
        expect(segment.text).toMatch(/\S/u)
        expect(segment.startMs).toBeGreaterThanOrEqual(segments[index - 1]?.endMs ?? 0)
        expect(segment.endMs).toBeGreaterThan(segment.startMs)
        expect(segment.endMs).toBeLessThanOrEqual(sound.durationMs)
        if (segment.confidence !== undefined) expect(segment.confidence).toBeGreaterThanOrEqual(0)
        if (segment.confidence !== undefined) expect(segment.confidence).toBeLessThanOrEqual(1)
      }
    })

    it('places words, where it knows them, within their segment, written as the segment is', async () => {
      for (const { words, text, startMs, endMs } of (await hear(calm)).segments) {
        if (!words) continue
        expect(words.map((word) => word.text).join(' ')).toBe(text)
        for (const [index, word] of words.entries()) {
          expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? startMs)
          expect(word.endMs).toBeLessThanOrEqual(endMs)
        }
      }
    })

    it('tells how far it is, forward only, and arrives', async () => {
      const told: number[] = []
      await hear(calm, (ratio) => told.push(ratio))
      expect(told.length).toBeGreaterThan(0)
      expect(told).toEqual(told.toSorted((a, b) => a - b))
      expect(told.at(-1)).toBeGreaterThan(0.95)
      expect(told.at(-1)).toBeLessThanOrEqual(1)
    })

    if (!options.outside) return

    it('does not keep half an answer', async () => {
      bench.fake?.fail({ kind: 'truncated' })
      await expect(hear(calm)).rejects.toMatchObject({ code: 'PROVIDER_OUTPUT' })
    })

    it('reports a refusal as one', async () => {
      bench.fake?.fail({ kind: 'refusal' })
      await expect(hear(calm)).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    })

    failsAsDocumented({
      fake: () => {
        if (!bench.fake) throw new Error('an outside provider has a service')
        return bench.fake
      },
      call: (signal) => hear(signal),
      hastily: (signal) => hear(signal, undefined, bench.hasty),
    })
  })
}
