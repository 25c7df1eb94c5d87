import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Card } from '#domain/card.ts'
import { listKeys, saveKey } from '#services/settings/keys.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { keys } from './keys.ts'

let db: TestDatabase
let bench: Bench
let crew: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

test('an address and a model are set like a key, and shown; never a password', async () => {
  const ctx = crew.context()
  const { workspaceId } = crew.scope
  const details = { draft: false, local: false, rank: { quality: 1, speed: 1 }, secrets: ['OPENAI_API_KEY'] }
  const settable = ['OPENAI_BASE_URL', 'OPENAI_TEXT_MODEL']
  const row = { workspaceId, provider: 'openai', available: false }
  await db.database.prisma.catalogue.create({ data: { ...row, capability: 'text', details: { ...details, settable } } })
  await saveKey({ ctx, name: 'OPENAI_BASE_URL', value: ' https://models.example.org/v1 ' })
  await saveKey({ ctx, name: 'OPENAI_TEXT_MODEL', value: 'qwen3:8b' })
  await saveKey({ ctx, name: 'OPENAI_API_KEY', value: 'sk-0123456789abcdef' })
  const { card } = (await keys.run({}, { ...ctx, roomId: 'any', projectId: undefined, files: [] })) as { card: Card }
  expect(card.fields).toEqual([
    { name: 'ELEVENLABS_API_KEY', value: 'not set (elevenlabs)' },
    { name: 'OPENAI_API_KEY', value: expect.stringMatching(/^set on .* \(openai\)$/u) },
    { name: 'OPENAI_BASE_URL', value: 'https://models.example.org/v1 (openai)' },
    { name: 'OPENAI_TEXT_MODEL', value: 'qwen3:8b (openai)' },
  ])
  expect(card.form?.inputs.map(({ kind }) => kind)).toEqual(['password', 'password', 'text', 'text'])
  expect(JSON.stringify(card)).not.toContain('sk-')
  for (const value of ['https://me:hunter2@models.example.org', 'file:///etc/passwd', 'nowhere']) {
    await expect(saveKey({ ctx, name: 'OPENAI_BASE_URL', value })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
  await expect(saveKey({ ctx, name: 'OPENAI_TEXT_MODEL', value: 'two words' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  // secret for one provider is secret for all
  const both = { ...details, settable: ['OPENAI_API_KEY'] }
  await db.database.prisma.catalogue.create({ data: { ...row, capability: 'speech', details: both } })
  expect((await listKeys(ctx)).find(({ name }) => name === 'OPENAI_API_KEY')?.value).toBeUndefined()
  for (const name of ['OPENAI_BASE_URL', 'OPENAI_TEXT_MODEL', 'OPENAI_API_KEY'])
    await saveKey({ ctx, name, value: '-' })
  expect(await crew.db.secret.count()).toBe(0)
})
