import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FitLine } from './fit-line.ts'
import { heardCues } from './heard-cues.ts'
import { FIT_LIMITS } from './limits.ts'
import { overlong } from './overlong.ts'
import { type Placement, placements } from './placements.ts'
import { makeSyncReport } from './sync-report.ts'
import { tempos } from './tempos.ts'
import { wordEnds } from './word-ends.ts'

/** Lines in order without overlap, as any cue list has them; speech from nothing to far too long. */
const film = fc
  .record({
    lines: fc.array(
      fc.record({
        gap: fc.nat(4000),
        slot: fc.integer({ min: 1, max: 6000 }),
        speech: fc.oneof(fc.constant(0), fc.nat(12_000)),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    tail: fc.integer({ min: -3000, max: 5000 }),
    jitter: fc.array(fc.integer({ min: -6, max: 12 }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ lines, tail, jitter }) => {
    let at = 0
    const cues = lines.map(({ gap, slot, speech }) => {
      const startMs = at + gap
      at = startMs + slot
      return { startMs, endMs: at, speechMs: speech }
    })
    return { lines: cues, totalMs: Math.max(1, at + tail), jitter }
  })

function climb({ lines, totalMs, jitter }: { lines: readonly FitLine[]; totalMs: number; jitter: readonly number[] }) {
  const speeds = tempos(lines, totalMs)
  const pieces = lines.map((line, index) => {
    if (line.speechMs === 0) return undefined
    // what a stretcher really gives is a few ms off
    const durationMs = Math.max(1, Math.round(line.speechMs / (speeds[index] ?? 1)) + (jitter[index] ?? 0))
    return { durationMs, wordEndsMs: wordEnds('one two three four five', durationMs) }
  })
  return { speeds, pieces, placed: placements(lines, pieces, totalMs) }
}

function ends(placement: Placement): number {
  return placement.placedMs + placement.durationMs
}

describe('the timing ladder', () => {
  it('never overlaps, never drops a line, never outlives the source, whatever the speech', () => {
    fc.assert(
      fc.property(film, (input) => {
        const { placed } = climb(input)
        expect(placed).toHaveLength(input.lines.length)
        let free = 0
        for (const [index, placement] of placed.entries()) {
          if (input.lines[index]?.speechMs === 0) continue
          expect(placement.placedMs).toBeGreaterThanOrEqual(free)
          expect(placement.durationMs).toBeGreaterThanOrEqual(0)
          expect(ends(placement)).toBeLessThanOrEqual(input.totalMs)
          free = ends(placement)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('starts at most 1.0 s late and never early, speaks at 1 to 1.30', () => {
    fc.assert(
      fc.property(film, (input) => {
        const { speeds, placed } = climb(input)
        for (const [index, line] of input.lines.entries()) {
          const late = (placed[index]?.placedMs ?? 0) - line.startMs
          expect(late).toBeLessThanOrEqual(FIT_LIMITS.maxLateMs)
          if (line.startMs <= input.totalMs) expect(late).toBeGreaterThanOrEqual(0)
          expect(speeds[index]).toBeGreaterThanOrEqual(1)
          expect(speeds[index]).toBeLessThanOrEqual(FIT_LIMITS.maxTempo)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves lines alone that fit with the gap after them', () => {
    fc.assert(
      fc.property(film, (input) => {
        const roomy = input.lines.map((line) => ({
          ...line,
          speechMs: Math.min(line.speechMs, Math.max(0, line.endMs - line.startMs - 100)),
        }))
        const total = Math.max(input.totalMs, roomy.at(-1)?.endMs ?? 0)
        const { speeds, placed } = climb({ lines: roomy, totalMs: total, jitter: [] })
        expect(speeds.every((tempo) => tempo === 1)).toBe(true)
        expect(placed.every((placement, index) => placement.placedMs === roomy[index]?.startMs && !placement.cut)).toBe(
          true,
        )
      }),
    )
  })

  it('cuts only after a word, or where not even one word fits', () => {
    fc.assert(
      fc.property(film, (input) => {
        const { pieces, placed } = climb(input)
        for (const [index, placement] of placed.entries()) {
          if (!placement.cut) continue
          const inside = pieces[index]?.wordEndsMs.filter((end) => end <= placement.durationMs) ?? []
          const last = inside.at(-1) ?? 0
          if (last > 0) expect(placement.durationMs - last).toBeLessThanOrEqual(FIT_LIMITS.fadeMs)
        }
      }),
    )
  })

  it('takes the rungs in order', () => {
    const at = (speechMs: number) =>
      tempos(
        [
          { startMs: 0, endMs: 2000, speechMs },
          { startMs: 3000, endMs: 4000, speechMs: 900 },
        ],
        10_000,
      )[0]
    expect(at(2900)).toBe(1)
    expect(at(3200)).toBeCloseTo(3200 / 2912, 2)
    // past the comfortable tempo the breath before the next line goes first
    expect(at(3400)).toBe(FIT_LIMITS.comfortableTempo)
    expect(at(3700)).toBeCloseTo(3700 / 2992, 2)
    expect(at(4500)).toBe(FIT_LIMITS.maxTempo)
  })

  it('recovers from lateness at the next gap', () => {
    const lines = [
      { startMs: 0, endMs: 2000, speechMs: 3500 },
      { startMs: 2000, endMs: 4000, speechMs: 2000 },
      { startMs: 6000, endMs: 8000, speechMs: 1500 },
    ]
    const { placed } = climb({ lines, totalMs: 10_000, jitter: [] })
    expect(placed.map((placement) => placement.late)).toEqual([false, true, false])
    expect(placed.some((placement) => placement.cut)).toBe(false)
  })

  it('cuts the last line at the end of the file', () => {
    const { placed } = climb({ lines: [{ startMs: 1000, endMs: 2000, speechMs: 9000 }], totalMs: 3000, jitter: [] })
    expect(placed[0]).toMatchObject({ placedMs: 1000, cut: true })
    expect(ends(placed[0] as Placement)).toBeLessThanOrEqual(3000)
  })
})

describe('asking for other words', () => {
  it('names the lines that do not fit with the gap after them, and their room', () => {
    const lines = [
      { startMs: 0, endMs: 1000, speechMs: 1900 },
      { startMs: 2000, endMs: 3000, speechMs: 2500 },
      { startMs: 3500, endMs: 4000, speechMs: 0 },
      { startMs: 4000, endMs: 5000, speechMs: 1000 },
    ]
    expect(overlong(lines, 5000)).toEqual([{ index: 1, roomMs: 1920, speechMs: 2500 }])
  })
})

describe('the sync report', () => {
  it('tells overlap 0 and slack ≥ 0 for whatever the ladder makes', () => {
    fc.assert(
      fc.property(film, (input) => {
        const { speeds, placed } = climb(input)
        const lines = placed.flatMap((placement, index) => {
          const line = input.lines[index]
          return line ? [{ ...line, ...placement, tempo: speeds[index] ?? 1, rewritten: false }] : []
        })
        const report = makeSyncReport({ language: 'es', lines, producedMs: input.totalMs, totalMs: input.totalMs })
        expect(report.lines.every((line) => line.overlapMs === 0 && line.slackMs >= 0)).toBe(true)
        const { summary } = report
        expect(summary.onTime + summary.late + summary.unvoiced).toBe(summary.lines)
        expect(summary.driftMs).toBe(0)
      }),
    )
  })
})

describe('captions of the dub', () => {
  it('stand in order without overlap', () => {
    fc.assert(
      fc.property(film, (input) => {
        const { placed } = climb(input)
        const cues = heardCues(
          input.lines.map((line) => ({ startMs: line.startMs, endMs: line.endMs, text: 'x' })),
          placed,
        )
        for (const [index, cue] of cues.entries()) {
          expect(cue.endMs).toBeGreaterThan(cue.startMs)
          expect(cue.startMs).toBeGreaterThanOrEqual(cues[index - 1]?.endMs ?? 0)
        }
      }),
    )
  })
})
