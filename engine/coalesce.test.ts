import { describe, expect, it } from 'vitest'
import { coalesce } from './coalesce.ts'

describe('coalesce', () => {
  it('runs once at a time, and once more for all who came meanwhile', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const gates: (() => void)[] = []
    const call = coalesce(async () => {
      runs++
      most = Math.max(most, ++running)
      await new Promise<void>((open) => gates.push(open))
      running--
    })
    const first = call()
    const rest = Promise.all([call(), call(), call()])
    gates.shift()?.()
    await first
    // the shared run has begun after the calls
    await Promise.resolve()
    await Promise.resolve()
    gates.shift()?.()
    await rest
    expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  })

  it('goes on after a failure', async () => {
    let runs = 0
    const call = coalesce(async () => {
      if (++runs === 1) throw new Error('once')
    })
    const first = call()
    const second = call()
    await expect(first).rejects.toThrow('once')
    await second
    expect(runs).toBe(2)
  })
})
