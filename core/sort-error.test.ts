import { expect, test } from 'vitest'
import { AppError } from './errors.ts'
import { isDatabaseDown, sortError } from './sort-error.ts'

test.each([
  ['a server that recovers', Object.assign(new Error('x'), { code: '57P03' })],
  [
    'a refused connection',
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  ],
  ['a lost connection', new Error('Connection terminated unexpectedly')],
  [
    'what Prisma wrapped',
    Object.assign(new Error('Invalid invocation'), {
      code: 'P2039',
      meta: { driverAdapterError: { cause: { originalCode: '57P03' } } },
    }),
  ],
])('%s is the database being down', (_name, error) => {
  expect(isDatabaseDown(error)).toBe(true)
  expect(sortError(error)).toMatchObject({ code: 'DATABASE_DOWN', category: 'infrastructure', cause: error })
})

test('a bug is not', () => {
  expect(isDatabaseDown(new TypeError('x is not a function'))).toBe(false)
  expect(isDatabaseDown(Object.assign(new Error('unique'), { code: 'P2002' }))).toBe(false)
  expect(sortError(new TypeError('x is not a function')).code).toBe('INTERNAL')
  expect(sortError(new AppError('STALE', 'old')).code).toBe('STALE')
})
