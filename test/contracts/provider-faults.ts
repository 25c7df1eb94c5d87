import { expect, it } from 'vitest'
import type { AppError } from '#core/errors.ts'
import type { Fake } from '#test/fakes/wire.ts'
import { DEADLINE_MS } from './provider-bench.ts'

interface Subject {
  readonly fake: () => Fake
  /** one call that succeeds when nothing is wrong */
  readonly call: (signal: AbortSignal) => Promise<unknown>
  /** the same by the hasty client */
  readonly hastily: (signal: AbortSignal) => Promise<unknown>
}

const never = new AbortController().signal

/** How every client of an outside service fails, whatever the vendor and its SDK. */
export function failsAsDocumented({ fake, call, hastily }: Subject): void {
  it('says when a busy service wants to be asked again, and does not ask by itself', async () => {
    const before = fake().requests.length
    fake().fail({ kind: 'busy', retryAfterSeconds: 7 })
    await expect(call(never)).rejects.toMatchObject({
      code: 'PROVIDER_BUSY',
      category: 'transient',
      retryAfterMs: 7000,
    })
    expect(fake().requests.length - before).toBe(1)
  })

  it('tells a failing service from a bad key', async () => {
    fake().fail({ kind: 'down' }, { kind: 'key' })
    await expect(call(never)).rejects.toMatchObject({ code: 'PROVIDER_DOWN', category: 'transient' })
    await expect(call(never)).rejects.toMatchObject({ code: 'PROVIDER_KEY', category: 'permanent' })
  })

  it('gives up on a service that hangs', async () => {
    fake().fail({ kind: 'hang' })
    const startedAt = performance.now()
    await expect(hastily(never)).rejects.toMatchObject({ code: 'TIMEOUT', category: 'transient' })
    const took = performance.now() - startedAt
    expect(took).toBeGreaterThan(DEADLINE_MS * 0.9)
    expect(took).toBeLessThan(20_000)
  })

  it('stops at once when it is cancelled', async () => {
    fake().fail({ kind: 'hang' })
    const stop = new AbortController()
    const cancelled = call(stop.signal)
    const before = fake().requests.length
    while (fake().requests.length === before && !stop.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (fake().requests.length > before) stop.abort()
    }
    const startedAt = performance.now()
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  it('does not take nonsense for an answer', async () => {
    fake().fail({ kind: 'malformed' })
    await expect(call(never)).rejects.toMatchObject({ code: 'PROVIDER_OUTPUT', category: 'transient' })
  })

  it('names the provider in every failure and keeps the cause', async () => {
    fake().fail({ kind: 'down' })
    const error = (await call(never).catch((thrown: unknown) => thrown)) as AppError
    expect(error.data['provider']).toEqual(expect.any(String))
    expect(error.message).toContain('500')
  })

  it('works again after all that', async () => {
    await expect(call(never)).resolves.toBeDefined()
  })

  it('kept to the documents of the vendor throughout', () => {
    expect(fake().violations).toEqual([])
  })
}
