/**
 * What a failure means for the work (DESIGN 5): transient is retried with back-off, infrastructure waits and is probed,
 * permanent needs a person, quality opens a checkpoint.
 */
export type ErrorCategory = 'transient' | 'infrastructure' | 'permanent' | 'quality'

/** The closed table of everything that can go wrong. Words for people: `core/words`, key `errors.<CODE>`. */
export const ERROR_CODES = {
  // requests
  INVALID_INPUT: 'permanent',
  UNKNOWN_COMMAND: 'permanent',
  UNKNOWN_LANGUAGE: 'permanent',
  FORBIDDEN: 'permanent',
  NOT_FOUND: 'permanent',
  STALE: 'permanent',
  ALREADY_DECIDED: 'permanent',
  LIMIT_REACHED: 'permanent',
  BUDGET_REACHED: 'permanent',
  UPLOAD_TOO_LARGE: 'permanent',
  // sources and media
  DEAD_URL: 'permanent',
  PRIVATE_ADDRESS: 'permanent',
  NOT_MEDIA: 'permanent',
  EMPTY_FILE: 'permanent',
  BROKEN_MEDIA: 'permanent',
  FORBIDDEN_FORMAT: 'permanent',
  NO_SOUND: 'permanent',
  TOO_LARGE: 'permanent',
  TOO_LONG: 'permanent',
  TOO_MANY_STREAMS: 'permanent',
  PICTURE_TOO_LARGE: 'permanent',
  SOURCE_REFUSED: 'permanent',
  // subtitles
  BAD_SUBTITLES: 'permanent',
  LINE_TOO_LONG: 'permanent',
  // providers
  NEEDS_LANGUAGE: 'permanent',
  NO_TRANSCRIBER: 'permanent',
  NO_TRANSLATOR: 'permanent',
  NO_VOICE: 'permanent',
  PROVIDER_KEY: 'permanent',
  PROVIDER_REFUSED: 'permanent',
  PROVIDER_OUTPUT: 'transient',
  PROVIDER_BUSY: 'transient',
  PROVIDER_DOWN: 'transient',
  // the machine
  NETWORK: 'transient',
  TIMEOUT: 'transient',
  DISK_FULL: 'infrastructure',
  DATABASE_DOWN: 'infrastructure',
  QUEUE_DOWN: 'infrastructure',
  STORE_DOWN: 'infrastructure',
  TOOL_MISSING: 'infrastructure',
  TOOL_FAILED: 'permanent',
  BAD_ENV: 'permanent',
  WRONG_SECRET_KEY: 'permanent',
  CANCELLED: 'permanent',
  CRASHED: 'permanent',
  LOW_QUALITY: 'quality',
  INTERNAL: 'permanent',
} as const satisfies Record<string, ErrorCategory>

export type ErrorCode = keyof typeof ERROR_CODES

export interface AppErrorOptions {
  readonly cause?: unknown
  /** Values for the words shown to people, and for logs. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>
  /** What the other side asked for with Retry-After, in ms. */
  readonly retryAfterMs?: number
}

/** The one error class of the studio. `message` is for developers; people read the localized words of `code`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, unknown>>
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
    this.retryAfterMs = options.retryAfterMs
  }

  get category(): ErrorCategory {
    return ERROR_CODES[this.code]
  }
}

/** Anything thrown, as an AppError; what we did not expect becomes INTERNAL and keeps its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (hasCode(thrown, 'ENOSPC')) return new AppError('DISK_FULL', message, { cause: thrown })
  return new AppError('INTERNAL', message, { cause: thrown })
}

function hasCode(thrown: unknown, code: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code
}
