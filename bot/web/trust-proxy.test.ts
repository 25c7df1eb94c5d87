import { expect, test } from 'vitest'
import { trustProxy } from './trust-proxy.ts'

test.each(['127.0.0.1', '::1', '10.0.0.8', '172.17.0.1', '192.168.1.2', 'fd12::1', '::ffff:172.17.0.1'])(
  '%s may be our proxy when it connects to us; what it repeats may not',
  (address) => {
    expect(trustProxy(address, 0)).toBe(true)
    expect(trustProxy(address, 1)).toBe(false)
  },
)

test.each(['203.0.113.7', '172.32.0.1', '2001:db8::1', '', 'unknown'])('%s says nothing for others', (address) => {
  expect(trustProxy(address, 0)).toBe(false)
})
