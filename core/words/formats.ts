import type { i18n } from 'i18next'

/** Teaches i18next to write sizes, times money and languages: `{{size, bytes}}`, `{{took, duration}}`, `{{at, clock}}`, `{{cost, dollars}}`, `{{to, language}}`. */
export function addFormats(instance: i18n): void {
  const { formatter } = instance.services
  formatter?.add('bytes', (value, locale) => bytesWords(Number(value), locale))
  formatter?.add('duration', (value, locale) => durationWords(Number(value), locale))
  formatter?.add('clock', (value) => clockWords(Number(value)))
  formatter?.add('language', (value, locale) => languageWords(String(value), locale))
  formatter?.add('dollars', (value, locale) => dollarWords(Number(value), locale))
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function bytesWords(bytes: number, locale: string | undefined): string {
  // decimal, as file managers and platforms count
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const number = bytes / 1000 ** step
  const digits = step > 1 && number < 100 ? 1 : 0
  const unitDisplay = step === 0 ? 'long' : 'short'
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: SIZES[step] ?? 'byte',
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(number)
}

function durationWords(ms: number, locale: string | undefined): string {
  const seconds = Math.round(ms / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ]
  const shown = parts.filter(([amount]) => amount > 0).slice(0, 2)
  if (shown.length === 0) shown.push([0, 'second'])
  return shown
    .map(([amount, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount),
    )
    .join(' ')
}

function clockWords(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (amount: number) => String(amount).padStart(2, '0')
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return seconds < 3600 ? tail.replace(/^0/, '') : `${Math.floor(seconds / 3600)}:${tail}`
}

function languageWords(tag: string, locale: string | undefined): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

function dollarWords(dollars: number, locale: string | undefined): string {
  // a fraction of a cent is still a cost
  const digits = dollars > 0 && dollars < 0.1 ? 4 : 2
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'symbol',
    maximumFractionDigits: digits,
  }).format(dollars)
}
