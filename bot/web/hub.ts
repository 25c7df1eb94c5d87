import type { Logger } from '#core/log.ts'
import type { PostChange, RoomStore } from './parts.ts'

export interface Hub {
  /** PostgreSQL said that posts changed: readers are told what did. */
  wake(): void
  /** Somebody left, or a session ended: each stream looks whether its reader may still read. */
  recheck(): void
  /** Every change from now on, in order. @returns what to call when the reader is gone */
  subscribe(reader: (change: PostChange) => void, recheck: () => void): () => void
  /** What changed after `sequence`, in order, up to what is there now. */
  replay(sequence: bigint): AsyncIterable<PostChange>
  newest(): Promise<bigint>
}

const BATCH = 200

/**
 * One reader of the rows for all event streams: woken by NOTIFY, it reads what is new since it last read, so nothing is
 * lost when notifications are (the connection broke, several came at once). Changes go out in order of their sequence.
 */
export function createHub(store: RoomStore, log: Logger): Hub {
  const readers = new Map<(change: PostChange) => void, () => void>()
  let last: bigint | undefined
  let reading: Promise<void> | undefined
  let again = false

  async function read(): Promise<void> {
    last ??= await store.newestSequence()
    for (
      let changes = await store.postsAfter(last, BATCH);
      changes.length > 0;
      changes = await store.postsAfter(last, BATCH)
    ) {
      for (const change of changes) {
        last = change.sequence
        for (const reader of readers.keys()) reader(change)
      }
    }
  }

  function wake(): void {
    if (reading) {
      again = true
      return
    }
    reading = read()
      .catch((error: unknown) => log.warn({ err: error }, 'cannot read what changed'))
      .finally(() => {
        reading = undefined
        if (again) {
          again = false
          wake()
        }
      })
  }

  return {
    wake,
    recheck() {
      for (const recheck of readers.values()) recheck()
    },
    subscribe(reader, recheck) {
      readers.set(reader, recheck)
      return () => readers.delete(reader)
    },
    async *replay(sequence) {
      for (let from = sequence; ;) {
        const changes = await store.postsAfter(from, BATCH)
        yield* changes
        from = changes.at(-1)?.sequence ?? from
        if (changes.length < BATCH) return
      }
    },
    async newest() {
      const newest = await store.newestSequence()
      last ??= newest
      return newest
    },
  }
}
