import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createPacer } from './pacer.ts'

interface Seen {
  readonly runs: { key: string; at: number; value: number }[]
  active: number
  most: number
}

function recorder(state: Record<string, number>, gapMs: number, width = 4, tookMs = 5) {
  const seen: Seen = { runs: [], active: 0, most: 0 }
  const errors: unknown[] = []
  const pacer = createPacer({
    gapMs,
    width,
    run: async (key) => {
      seen.active++
      seen.most = Math.max(seen.most, seen.active)
      const value = state[key] ?? 0
      seen.runs.push({ key, at: performance.now(), value })
      await sleep(tookMs)
      seen.active--
      if (value < 0) throw new Error('refused')
    },
    onError: (_key, error) => errors.push(error),
  })
  return { pacer, seen, errors }
}

test('many changes are few runs, at least the gap apart, and the last state is always shown', async () => {
  const state = { a: 0 }
  const { pacer, seen } = recorder(state, 60)
  const began = performance.now()
  for (let value = 1; value <= 50; value++) {
    state.a = value
    pacer.touch('a')
    await sleep(3)
  }
  await pacer.idle()
  expect(seen.runs.at(-1)?.value).toBe(50)
  // however slow the machine: one run a gap, and one at either end
  expect(seen.runs.length).toBeLessThanOrEqual((performance.now() - began) / 60 + 2)
  for (const [index, run] of seen.runs.entries()) {
    const before = seen.runs[index - 1]
    // timers may fire a millisecond early
    if (before) expect(run.at - before.at).toBeGreaterThanOrEqual(58)
  }
  await pacer.close()
})

test('one run of a key at a time, and only so many keys at once', async () => {
  const { pacer, seen } = recorder({}, 1, 2, 10)
  for (const key of ['a', 'b', 'c', 'd', 'a', 'b']) pacer.touch(key)
  await Promise.all([pacer.now('a'), pacer.now('e')])
  await pacer.idle()
  expect(seen.most).toBeLessThanOrEqual(2)
  expect(new Set(seen.runs.map((run) => run.key))).toEqual(new Set(['a', 'b', 'c', 'd', 'e']))
  await pacer.close()
})

test('now waits for a run that began after it was asked for', async () => {
  const state = { a: 1 }
  const { pacer, seen } = recorder(state, 10_000)
  const first = pacer.now('a')
  await sleep(1)
  state.a = 2
  await pacer.now('a')
  await first
  expect(seen.runs.at(-1)?.value).toBe(2)
  await pacer.close()
})

test('an error is told, and the next change tries again', async () => {
  const state = { a: -1 }
  const { pacer, seen, errors } = recorder(state, 1)
  await pacer.now('a')
  expect(errors).toHaveLength(1)
  state.a = 3
  pacer.touch('a')
  await pacer.idle()
  expect(seen.runs.at(-1)?.value).toBe(3)
  await pacer.close()
})
