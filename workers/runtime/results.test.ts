import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFolderStorage } from '#core/storage/folder.ts'
import { buildProject } from '#test/builders/project.ts'
import { buildTenant, type Tenant } from '#test/builders/tenant.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { createResults, type Results } from './results.ts'

const MINUTE_MS = 60_000

let db: TestDatabase
let dir: string
let tenant: Tenant
let results: Results

beforeAll(async () => {
  db = await testDatabase()
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-results-'))
  tenant = await buildTenant(db.database, 'crew')
  results = createResults(db.database.pool, createFolderStorage(dir))
})
afterAll(async () => {
  await db.drop()
  await rm(dir, { recursive: true, force: true })
})

async function newAsker(title: string) {
  const { projectId } = await buildProject(tenant.db, { title })
  return { scope: tenant.scope, projectId, stepId: 'stp_x' }
}

const owner = async (key: string) => (await tenant.db.stepResult.findFirst({ where: { key } }))?.projectId

test('a result belongs to the project that made it, then to the one that took it last', async () => {
  const [first, second] = [await newAsker('first'), await newAsker('second')]
  await results.keep(first, 'key', { said: 'yes' }, MINUTE_MS)
  expect(await owner('key')).toBe(first.projectId)
  expect(await results.find(second, 'key')).toEqual({ said: 'yes' })
  expect(await owner('key')).toBe(second.projectId)
  await results.keep(first, 'key', { said: 'no' }, MINUTE_MS)
  expect([await owner('key'), await results.find(first, 'key')]).toEqual([first.projectId, { said: 'no' }])
})

test('what a worker still makes for a project that was deleted is not kept', async () => {
  const asker = await newAsker('gone')
  await tenant.db.project.updateMany({ where: { id: asker.projectId }, data: { deletedAt: new Date() } })
  await results.keep(asker, 'late', { said: 'secret' }, MINUTE_MS)
  expect(await results.find(asker, 'late')).toBeUndefined()
})
