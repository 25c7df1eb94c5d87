import { describe, expect, it } from 'vitest'
import { createSlots } from './provider-slots.ts'

function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

const calm = new AbortController().signal

describe('places of a provider', () => {
  it('are never exceeded, and given in order of asking', async () => {
    const slots = createSlots(2)
    const gates = Array.from({ length: 5 }, gate)
    const started: number[] = []
    const all = gates.map(({ opened }, index) =>
      slots.within(calm, async () => {
        started.push(index)
        await opened
      }),
    )
    await Promise.resolve()
    expect([started, slots.load()]).toEqual([[0, 1], 2.5])
    gates[1]?.open()
    await all[1]
    await Promise.resolve()
    expect([started, slots.load()]).toEqual([[0, 1, 2], 2])
    for (const { open } of gates) open()
    await Promise.all(all)
    expect([started, slots.load()]).toEqual([[0, 1, 2, 3, 4], 0])
  })

  it('are given back by what fails', async () => {
    const slots = createSlots(1)
    await expect(slots.within(calm, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await slots.within(calm, async () => 'yes')).toBe('yes')
  })

  it('are not waited for by what was cancelled', async () => {
    const slots = createSlots(1)
    const { opened, open } = gate()
    const first = slots.within(calm, () => opened)
    const stop = new AbortController()
    const second = slots.within(stop.signal, async () => 'never')
    const third = slots.within(calm, async () => 'third')
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    open()
    await first
    expect(await third).toBe('third')
    expect(slots.load()).toBe(0)
  })
})
