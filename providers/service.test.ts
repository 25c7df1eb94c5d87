import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './service.ts'

describe('Retry-After', () => {
  const at = (headers: Record<string, string>) =>
    parseRetryAfter(new Headers(headers), Date.parse('2026-11-21T10:00:00Z'))

  it('is read as seconds, as a date, and in milliseconds', () => {
    expect(at({ 'retry-after': '7' })).toBe(7000)
    expect(at({ 'retry-after': '0.5' })).toBe(500)
    expect(at({ 'retry-after': 'Sat, 21 Nov 2026 10:01:00 GMT' })).toBe(60_000)
    expect(at({ 'retry-after': '7', 'retry-after-ms': '250' })).toBe(250)
  })

  it('is not in the past, and nothing when it is nonsense', () => {
    expect(at({ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' })).toBe(0)
    expect(at({ 'retry-after': 'soon' })).toBeUndefined()
    expect(at({ 'retry-after': '-5' })).toBeUndefined()
    expect(at({})).toBeUndefined()
  })
})
