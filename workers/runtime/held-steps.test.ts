import { describe, expect, it } from 'vitest'
import { silentLog } from '#core/log.ts'
import type { ClaimedStep, Engine } from '#engine/engine.ts'
import { createHeldSteps } from './held-steps.ts'

type Beat = Parameters<Engine['heartbeat']>[0]

const step = (id: string, fence: bigint) => ({ id, fence, runId: `run_${id}` }) as ClaimedStep

/** An engine that only hears beats. */
function listener(lost: () => readonly string[] = () => []) {
  const beats: Beat[] = []
  const heartbeat = async (beat: Beat): Promise<readonly string[]> => {
    beats.push(beat)
    return lost()
  }
  return { beats, engine: { heartbeat } as Engine }
}

describe('held steps', () => {
  it('tells the newest progress once, and soon', async () => {
    const { beats, engine } = listener()
    const held = createHeldSteps({ engine, workerId: 'wrk_1', log: silentLog, progressGapMs: 5 })
    const one = held.hold(step('a', 1n))
    for (const ratio of [0.1, 0.2, 0.3]) one.progress({ ratio })
    await expect.poll(() => beats.length).toBe(1)
    await held.beat()
    expect(beats.map((beat) => beat.steps)).toEqual([
      [{ id: 'a', fence: 1n, progress: { ratio: 0.3 } }],
      [{ id: 'a', fence: 1n }],
    ])
  })

  it('aborts what is lost, but not the same step claimed anew', async () => {
    const { engine } = listener(() => ['a'])
    const held = createHeldSteps({ engine, workerId: 'wrk_1', log: silentLog })
    const old = held.hold(step('a', 1n))
    const beat = held.beat()
    const fresh = held.hold(step('a', 2n))
    old.release()
    await beat
    expect(fresh.signal.aborted).toBe(false)
    await held.beat()
    expect(fresh.signal.aborted).toBe(true)
  })

  it('aborts all when it drains, also what is held after that', () => {
    const held = createHeldSteps({ engine: listener().engine, workerId: 'wrk_1', log: silentLog })
    const before = held.hold(step('a', 1n))
    held.drain()
    const after = held.hold(step('b', 2n))
    expect([before, after].map((one) => [one.signal.aborted, one.draining()])).toEqual([
      [true, true],
      [true, true],
    ])
  })
})
