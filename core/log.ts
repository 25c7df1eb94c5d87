import { pino, type Logger as PinoLogger } from 'pino'
import { redact } from './redact.ts'

/** Structured logger: a static message, values in the object. Bind project and step once with `log.child({ project })`. */
export type Logger = PinoLogger

export interface LogOptions {
  /** the process or part that speaks, e.g. 'worker' */
  readonly name: string
  /** trace, debug, info, warn, error, fatal or silent */
  readonly level: string
  /** command-line tools speak to people on stdout, so their log goes to stderr. Default: stdout */
  readonly to?: 'stdout' | 'stderr'
}

/** Makes a logger that writes JSON lines. What looks like a secret is never written (core/redact.ts). */
export function createLog({ name, level, to = 'stdout' }: LogOptions): Logger {
  return pino(
    {
      name,
      level,
      formatters: { level: (label) => ({ level: label }), log: (entry) => redact(entry) as Record<string, unknown> },
      serializers: { err: redact },
      hooks: {
        logMethod(args, method) {
          const [first] = args as unknown[]
          // pino would take the message of a bare error as it is
          const entry =
            args.length === 1 && first instanceof Error ? [{ err: first }, first.message] : (args as unknown[])
          method.apply(this, entry.map((part) => (typeof part === 'string' ? redact(part) : part)) as typeof args)
        },
      },
    },
    pino.destination({ dest: to === 'stdout' ? 1 : 2, sync: true }),
  )
}

/** A logger that says nothing: for tests, and for tools whose output is for people. */
export const silentLog: Logger = pino({ level: 'silent' })
