import path from 'node:path'
import { expect, test } from 'vitest'
import { definitions } from '#test/definitions.ts'
import { providers } from './index.ts'

test('providers are listed once each, in order, under the name of their folder', async () => {
  const files = await definitions(import.meta.dirname, ['defineProvider'])
  expect(providers.map(({ id }) => id)).toEqual(files.map(path.dirname))
})

test('no provider does the same thing twice', () => {
  const keys = providers.map(({ id, capability }) => `${id} ${capability}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a secret is a variable that its provider declares, and every variable says what it is for', () => {
  for (const { env, secrets } of providers) {
    for (const name of secrets) expect(Object.keys(env.shape)).toContain(name)
    for (const [name, type] of Object.entries(env.shape))
      expect([name, type.description]).toEqual([name, expect.stringMatching(/\w{3}/)])
  }
})
