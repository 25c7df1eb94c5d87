import type { Translate } from '#core/words/index.ts'
import { invalid } from '../invalid.ts'
import type { Settings } from './registry.ts'

/** `22-7` → quiet from 22:00 to 7:00; `off` → none. @throws INVALID_INPUT */
export function readQuietHours(t: Translate, typed: string): Settings['notify']['quiet'] {
  if (typed.trim().toLowerCase() === 'off') return null
  const match = /^(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?$/u.exec(typed.trim())
  const fromHour = Number(match?.[1])
  const untilHour = Number(match?.[2])
  if (match === null || fromHour > 23 || untilHour > 23 || fromHour === untilHour)
    throw invalid(t, 'commands.problem.quiet', { typed })
  return { fromHour, untilHour }
}

/** Whether a moment lies in the quiet hours; they may run over midnight. */
export function isQuiet(notify: Settings['notify'], at: Date): boolean {
  if (notify.quiet === null) return false
  const { fromHour, untilHour } = notify.quiet
  const hour = Number(
    new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: notify.timezone }).format(at),
  )
  return fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour
}

/** An IANA time zone as typed, in its own spelling. @throws INVALID_INPUT with the nearest */
export function readTimezone(t: Translate, typed: string): string {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  const wanted = typed.trim().replaceAll(' ', '_').toLowerCase()
  const found =
    zones.find((zone) => zone.toLowerCase() === wanted) ??
    zones.find((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  if (found === undefined) throw invalid(t, 'commands.problem.timezone', { typed })
  return found
}
