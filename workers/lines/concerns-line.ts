import { AppError } from '#core/errors.ts'

const LINE_FAULTS: ReadonlySet<string> = new Set([
  'PROVIDER_REFUSED',
  'PROVIDER_OUTPUT',
  'BROKEN_MEDIA',
  'TOOL_FAILED',
  'NO_SOUND',
])

/** Whether a failure may be the fault of one line: then that line is flagged. A missing key or a busy service is not. */
export function concernsLine(error: unknown): error is AppError {
  return error instanceof AppError && LINE_FAULTS.has(error.code)
}
