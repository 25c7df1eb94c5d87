import { ZodError } from 'zod'
import { AppError, toAppError } from './errors.ts'

// connection lost or refused, server starting or stopping; Prisma: cannot reach, timed out, no free connection
const DATABASE_CODES = /^(08...|57P0[123]|53300|P1001|P1002|P1008|P1017|P2024)$/
const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])
const CONNECTION_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|the database system is (?:not yet|starting|shutting|in recovery)|can't reach database server|server has closed the connection/i

/** Whether the database could not be reached: worth trying the same again. */
export function isDatabaseDown(thrown: unknown): boolean {
  if (thrown instanceof AppError) return thrown.code === 'DATABASE_DOWN'
  return thrown instanceof Error && layersOf(thrown).some(isConnectionTrouble)
}

/** What one layer of an error says of itself: pg's own, or what Prisma wrapped. */
interface Layer {
  readonly message?: string
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly syscall?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

function isConnectionTrouble({ message, code, originalCode, syscall }: Layer): boolean {
  return (
    DATABASE_CODES.test(String(code)) ||
    DATABASE_CODES.test(String(originalCode)) ||
    (syscall === 'connect' && CONNECTION_CODES.has(String(code))) ||
    CONNECTION_WORDS.test(message ?? '')
  )
}

/** An error and what it was made of. Prisma hides the database's own words two layers down. */
function layersOf(thrown: unknown, depth = 0): Layer[] {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return []
  const layer: Layer = thrown
  return [layer, ...layersOf(layer.cause, depth + 1), ...layersOf(layer.meta?.driverAdapterError, depth + 1)]
}

/** What went wrong, sorted: a lost database and a broken shape are told from a bug. The category decides what happens next. */
export function sortError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (isDatabaseDown(thrown)) return new AppError('DATABASE_DOWN', (thrown as Error).message, { cause: thrown })
  if (thrown instanceof ZodError)
    return new AppError('INTERNAL', `not of the expected shape: ${thrown.message}`, { cause: thrown })
  return toAppError(thrown)
}
