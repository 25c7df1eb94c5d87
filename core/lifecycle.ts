import { flushCompileCache } from 'node:module'
import { toAppError } from './errors.ts'
import { errorWords, translator } from './words/index.ts'

/** Exit status of a process that no restart can help: the environment or a key is wrong (EX_CONFIG of sysexits.h). */
export const EXIT_CONFIG = 78

export interface Running {
  /** the address of the room, for the process that has one */
  readonly url?: string
  /** stops taking work, finishes or hands back what runs, closes everything; rejects when something could not be closed */
  stop(): Promise<void>
}

/**
 * The life of one of the studio's processes: starts, tells its launcher that it works, and stops once, on SIGTERM, SIGINT or
 * when the launcher is gone. A second signal ends it at once. What goes wrong is said in words on stderr; what a person has to
 * mend (a permanent AppError) exits with EXIT_CONFIG, anything else with 1.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  const asked = Promise.withResolvers<void>()
  let signals = 0
  const stop = (): void => {
    signals += 1
    asked.resolve()
    if (signals > 1) process.exit(1)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  process.once('disconnect', () => asked.resolve())
  try {
    const running = await start()
    if (process.connected) process.send?.({ ready: true, ...(running.url === undefined ? {} : { url: running.url }) })
    // what was compiled is kept now, not only at an orderly end: the next start takes half the time and memory
    flushCompileCache()
    await asked.promise
    await running.stop()
    process.exit(0)
  } catch (thrown) {
    const error = toAppError(thrown)
    process.stderr.write(`${errorWords(translator(systemLocale()), error)}\n`)
    if (error.code === 'INTERNAL') process.stderr.write(`${error.stack ?? error.message}\n`)
    process.exit(error.category === 'permanent' && error.code !== 'INTERNAL' ? EXIT_CONFIG : 1)
  }
}

function systemLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale
}
