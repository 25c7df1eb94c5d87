import { expect, test } from 'vitest'
import { parseAllowances } from './allowances.ts'

test('a host without a port is allowed on any port', () => {
  const allows = parseAllowances(['Media.Lan.'])
  expect(allows('media.lan', 80, '10.0.0.5')).toBe(true)
  expect(allows('MEDIA.LAN.', 8080, '10.0.0.5')).toBe(true)
  expect(allows('other.media.lan', 80, '10.0.0.5')).toBe(false)
})

test('a host with a port is allowed on that port only', () => {
  const allows = parseAllowances(['localhost:11434', '[::1]:80'])
  expect(allows('localhost', 11434, '127.0.0.1')).toBe(true)
  expect(allows('localhost', 11435, '127.0.0.1')).toBe(false)
  expect(allows('[::1]', 80, '::1')).toBe(true)
  expect(allows('[::1]', 81, '::1')).toBe(false)
})

test('an address allows what resolves to it', () => {
  const allows = parseAllowances(['10.0.0.5', '::1'])
  expect(allows('nas.lan', 80, '10.0.0.5')).toBe(true)
  expect(allows('nas.lan', 80, '::ffff:10.0.0.5')).toBe(true)
  expect(allows('nas.lan', 80, '10.0.0.6')).toBe(false)
  expect(allows('x', 80, '0:0:0:0:0:0:0:1')).toBe(true)
})

test('a range allows what resolves into it', () => {
  const allows = parseAllowances(['10.1.0.0/16', 'fd00::/8'])
  expect(allows('nas.lan', 80, '10.1.255.1')).toBe(true)
  expect(allows('nas.lan', 80, '10.2.0.1')).toBe(false)
  expect(allows('nas.lan', 80, 'fd12::1')).toBe(true)
  expect(allows('nas.lan', 80, 'fe80::1')).toBe(false)
})

test.each(['10.0.0.0/99', 'a b', 'host:port', 'http://host', ''])('“%s” is refused in words', (entry) => {
  expect(() => parseAllowances([entry])).toThrow(expect.objectContaining({ code: 'BAD_ENV' }))
})

test('nothing is allowed by default', () => {
  expect(parseAllowances([])('localhost', 80, '127.0.0.1')).toBe(false)
})
