/**
 * Gathers what is asked for while one flush is in flight and does it in the next, up to `max` at once: many small
 * commits become one. `flush` answers in the order it was given. A batch that throws is done again one by one, so that
 * one item that cannot be stored harms no other.
 */
export function batch<I, O>(
  flush: (items: readonly I[]) => Promise<readonly O[]>,
  max: number,
): (item: I) => Promise<O> {
  interface Asked {
    readonly item: I
    readonly resolve: (answer: O) => void
    readonly reject: (error: unknown) => void
  }
  const asked: Asked[] = []
  let flying = false

  async function answer(some: readonly Asked[]): Promise<void> {
    try {
      const answers = await flush(some.map((one) => one.item))
      some.forEach((one, index) => one.resolve(answers[index] as O))
    } catch (error) {
      if (some.length === 1) some[0]?.reject(error)
      else for (const one of some) await answer([one])
    }
  }

  async function fly(): Promise<void> {
    flying = true
    while (asked.length > 0) await answer(asked.splice(0, max))
    flying = false
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      asked.push({ item, resolve, reject })
      if (!flying) void fly()
    })
}
