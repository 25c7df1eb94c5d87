import { currentLocale, t } from './words.js'

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** '3 min. ago', in the reader's language. */
export function ago(date, now = Date.now()) {
  const seconds = (new Date(date).getTime() - now) / 1000
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size)
  if (!unit) return t('now')
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto', style: 'short' }).format(
    Math.trunc(seconds / unit[1]),
    unit[0],
  )
}

export function fullTime(date) {
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'full', timeStyle: 'short' }).format(new Date(date))
}

export function bytes(count) {
  // a small file has a kilobyte's part rather than bytes
  const step = Math.max(1, Math.min(4, Math.floor(Math.log10(Math.max(1, count)) / 3)))
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'][step]
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: count < 1000 || step > 1 ? 1 : 0,
  }).format(count / 1000 ** step)
}

export function percent(ratio) {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent' }).format(ratio)
}

/** 95 s → '1 min, 35 s' */
export function duration(seconds) {
  const total = Math.round(seconds)
  const parts = [
    [Math.floor(total / 3600), 'hour'],
    [Math.floor(total / 60) % 60, 'minute'],
    [total % 60, 'second'],
  ]
  const shown = parts.filter(([amount]) => amount > 0).slice(0, 2)
  if (shown.length === 0) shown.push([0, 'second'])
  return shown
    .map(([amount, unit]) =>
      new Intl.NumberFormat(currentLocale(), { style: 'unit', unit, unitDisplay: 'short' }).format(amount),
    )
    .join(' ')
}

/** 95 s → '1:35' */
export function clock(seconds) {
  if (!Number.isFinite(seconds)) return '–:––'
  const total = Math.floor(seconds)
  const two = (amount) => String(amount).padStart(2, '0')
  const tail = `${Math.floor(total / 60) % 60}:${two(total % 60)}`
  return total < 3600 ? tail : `${Math.floor(total / 3600)}:${tail.padStart(5, '0')}`
}
