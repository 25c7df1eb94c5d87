import type { AppError, ErrorCode } from '#core/errors.ts'

/** What another provider may do better; anything else (a bug, a full disk, a cancelled step) is nobody's to repair. */
const FALLS_BACK: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PROVIDER_BUSY',
  'PROVIDER_DOWN',
  'PROVIDER_KEY',
  'PROVIDER_OUTPUT',
  'PROVIDER_REFUSED',
  'TIMEOUT',
  'NETWORK',
  'DEAD_URL',
  'PRIVATE_ADDRESS',
  'BUDGET_REACHED',
  'TOOL_MISSING',
  'TOOL_FAILED',
  'BAD_SUBTITLES',
  'LINE_TOO_LONG',
  'NO_TRANSLATOR',
  'NO_TRANSCRIBER',
])

/** Whether another provider may succeed where one failed like this. */
export function anotherMay(error: AppError): boolean {
  return FALLS_BACK.has(error.code)
}
