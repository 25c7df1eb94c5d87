import type { FastifyReply } from 'fastify'
import { AppError, type ErrorCode } from '#core/errors.ts'
import { sortError } from '#core/sort-error.ts'
import { errorWords, type Translate } from '#core/words/index.ts'
import type { Verb } from '#domain/card.ts'

/** An error as problem+json (RFC 9457): `detail` in the reader's language, `code` for machines, and who decided where somebody did. */
export function sendProblem(reply: FastifyReply, thrown: unknown, t: Translate): FastifyReply {
  const error = fromFastify(thrown) ?? sortError(thrown)
  const status = isStranger(error) ? 401 : (STATUS[error.code] ?? 500)
  const { by, memberId, decision } = error.data
  return reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send({
      type: 'about:blank',
      title: t('room.problemTitle'),
      status,
      code: error.code,
      detail: errorWords(t, error),
      ...(error.code === 'ALREADY_DECIDED' && { by, memberId, decision: verbOf(decision) }),
    })
}

/** What somebody decided, as the verb of the button: the engine and the edits say it as a state. */
function verbOf(decision: unknown): unknown {
  return VERB_OF_STATE[String(decision)] ?? decision
}

const VERB_OF_STATE: Readonly<Record<string, Verb>> = {
  approved: 'approve',
  rejected: 'reject',
  applied: 'apply',
  discarded: 'discard',
}

/** Nobody we know, rather than somebody who may not. */
function isStranger(error: AppError): boolean {
  return (
    error.code === 'FORBIDDEN' && (error.data['reason'] === 'noSession' || error.data['reason'] === 'wrongPassword')
  )
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNKNOWN_COMMAND: 400,
  UNKNOWN_LANGUAGE: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  STALE: 410,
  ALREADY_DECIDED: 409,
  LIMIT_REACHED: 429,
  BUDGET_REACHED: 402,
  UPLOAD_TOO_LARGE: 413,
  TOO_LARGE: 413,
  DEAD_URL: 422,
  PRIVATE_ADDRESS: 422,
  NOT_MEDIA: 422,
  EMPTY_FILE: 422,
  BROKEN_MEDIA: 422,
  FORBIDDEN_FORMAT: 422,
  BAD_SUBTITLES: 422,
  LINE_TOO_LONG: 422,
  NEEDS_LANGUAGE: 422,
  NO_TRANSCRIBER: 422,
  NO_TRANSLATOR: 422,
  NO_VOICE: 422,
  SOURCE_REFUSED: 422,
  DISK_FULL: 507,
  DATABASE_DOWN: 503,
  QUEUE_DOWN: 503,
  STORE_DOWN: 503,
}

/** Fastify's own refusals (body too large, bad JSON, too many requests) in our words. */
function fromFastify(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('statusCode' in thrown)) return undefined
  const { statusCode, message } = thrown
  if (statusCode === 413) return new AppError('UPLOAD_TOO_LARGE', message, { cause: thrown })
  if (statusCode === 429) return new AppError('LIMIT_REACHED', message, { cause: thrown })
  if (statusCode === 404) return new AppError('NOT_FOUND', message, { cause: thrown })
  if (typeof statusCode === 'number' && statusCode < 500)
    return new AppError('INVALID_INPUT', message, { cause: thrown, data: { reason: 'body' } })
  return undefined
}
