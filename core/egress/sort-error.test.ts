import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { sortNetworkError } from './sort-error.ts'

function failed(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

test.each([
  ['ENOTFOUND', 'DEAD_URL'],
  ['ECONNREFUSED', 'DEAD_URL'],
  ['CERT_HAS_EXPIRED', 'DEAD_URL'],
  ['ECONNRESET', 'NETWORK'],
  ['EAI_AGAIN', 'NETWORK'],
  ['UND_ERR_SOCKET', 'NETWORK'],
  ['UND_ERR_CONNECT_TIMEOUT', 'NETWORK'],
  ['UND_ERR_HEADERS_TIMEOUT', 'TIMEOUT'],
  ['UND_ERR_BODY_TIMEOUT', 'TIMEOUT'],
])('%s is %s', (code, sorted) => {
  expect(sortNetworkError(failed(code), 'media.org')).toMatchObject({ code: sorted, data: { host: 'media.org' } })
})

test('a name that can exist nowhere is dead even when the resolver is away', () => {
  expect(sortNetworkError(failed('EAI_AGAIN'), 'nowhere.invalid').code).toBe('DEAD_URL')
})

test('several failed addresses are sorted by the first', () => {
  const error = new AggregateError([Object.assign(new Error('no'), { code: 'ECONNREFUSED' })])
  expect(sortNetworkError(error, 'h').code).toBe('DEAD_URL')
})

test('our own refusal deep in the chain stays what it is', () => {
  const own = new AppError('PRIVATE_ADDRESS', 'no', { data: { host: 'x' } })
  expect(sortNetworkError(new TypeError('fetch failed', { cause: own }), 'y')).toBe(own)
})
