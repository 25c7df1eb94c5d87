import { expect, test } from 'vitest'
import { revisionNumbers } from './revision-numbers.ts'

const step = (id: string, generation: number, revision: number, ordinal = 1, fanKey = 'es') => ({
  id,
  node: 'translation',
  fanKey,
  generation,
  revision,
  ordinal,
})

test('numbers go on counting over redos and runs, for each branch apart', () => {
  const numbers = revisionNumbers([step('c', 1, 2, 2), step('a', 1, 3), step('b', 2, 1), step('f', 1, 1, 1, 'fr')])
  expect(Object.fromEntries(numbers)).toEqual({ a: 3, b: 4, c: 6, f: 1 })
})
