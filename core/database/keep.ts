import { startEmbedded } from './embedded.ts'
import type { EmbeddedDatabase } from './embedded.ts'

const LOOK_EVERY_MS = 500

export interface KeptDatabase extends EmbeddedDatabase {
  /** the address now: the same after a restart, unless another program took the port meanwhile */
  readonly url: string
}

/**
 * Starts the embedded database and starts it again whenever its server is gone. `onRestart` hears of it, with whether the
 * address changed; `onTrouble` of failed attempts, which are repeated.
 */
export async function keepEmbedded(options: {
  readonly dataDir: string
  readonly onRestart: (moved: boolean) => void
  readonly onTrouble: (error: unknown) => void
}): Promise<KeptDatabase> {
  let current = await startEmbedded(options)
  let busy: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    if (await current.isRunning()) return
    try {
      const before = current.url
      current = await startEmbedded(options)
      options.onRestart(current.url !== before)
    } catch (error) {
      options.onTrouble(error)
    }
  }
  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    busy = look().finally(() => {
      looking = false
    })
  }, LOOK_EVERY_MS)
  return {
    get url() {
      return current.url
    },
    isRunning: () => current.isRunning(),
    stop: async () => {
      clearInterval(timer)
      await busy
      await current.stop()
    },
  }
}
