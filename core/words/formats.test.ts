import i18next from 'i18next'
import { expect, test } from 'vitest'
import { addFormats } from './formats.ts'

const instance = i18next.createInstance()
await instance.init({ lng: 'en', resources: {}, interpolation: { escapeValue: false } })
addFormats(instance)

function write(format: string, value: number | string, lng = 'en'): string {
  return instance.t('', { defaultValue: `{{value, ${format}}}`, value, lng }).replaceAll(/[\u00A0\u202F]/g, ' ')
}

test('sizes', () => {
  expect([0, 999, 1500, 12_340_000, 5_200_000_000, 123_000_000_000].map((bytes) => write('bytes', bytes))).toEqual([
    '0 bytes',
    '999 bytes',
    '2 kB',
    '12.3 MB',
    '5.2 GB',
    '123 GB',
  ])
  expect(write('bytes', 12_340_000, 'pt-BR')).toBe('12,3 MB')
})

test('durations name their two largest parts', () => {
  expect([0, 900, 61_000, 3_600_000, 3_725_000].map((ms) => write('duration', ms))).toEqual([
    '0 sec',
    '1 sec',
    '1 min 1 sec',
    '1 hr',
    '1 hr 2 min',
  ])
})

test('clock times', () => {
  expect([0, 61_999, 3_661_000].map((ms) => write('clock', ms))).toEqual(['0:00', '1:01', '1:01:01'])
})

test('money', () => {
  expect([0, 0.0123, 1234.5].map((dollars) => write('dollars', dollars))).toEqual(['$0.00', '$0.0123', '$1,234.50'])
  expect(write('dollars', 1234.5, 'pt-BR')).toBe('US$ 1.234,50')
})

test('languages by their names, and what is no tag as it is', () => {
  expect(['pt-BR', 'ja', 'not a tag'].map((tag) => write('language', tag))).toEqual([
    'Brazilian Portuguese',
    'Japanese',
    'not a tag',
  ])
  expect(write('language', 'ja', 'pt-BR')).toBe('japonês')
})
