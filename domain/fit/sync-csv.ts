import type { SyncLine } from '../sync.ts'

const COLUMNS = [
  'line',
  'start_ms',
  'end_ms',
  'placed_ms',
  'duration_ms',
  'start_error_ms',
  'tempo',
  'slack_ms',
  'overlap_ms',
  'rewritten',
  'late',
  'cut',
  'voiced',
  'text',
] as const

/** The sync report as CSV (RFC 4180), one row a line, with its text. No cell can be read as a formula. */
export function syncCsv(lines: readonly SyncLine[], texts: readonly string[]): string {
  const rows = lines.map((line) => [
    line.index + 1,
    line.startMs,
    line.endMs,
    line.placedMs,
    line.durationMs,
    line.startErrorMs,
    line.tempo,
    line.slackMs,
    line.overlapMs,
    line.rewritten,
    line.late,
    line.cut,
    line.voiced,
    texts[line.index] ?? '',
  ])
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

/** Spreadsheets run what begins with `= + - @`; numbers of ours are numbers. */
function cell(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const safe = /^[\s]*[=+\-@\t\r]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
