import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaDiff } from '#scripts/migration/schema-diff.ts'
import { testDatabase } from '#test/setup/database.ts'
import type { TestDatabase } from '#test/setup/database.ts'
import { Prisma } from './generated/client.ts'
import { migrate } from './migrate.ts'
import { RELATIONS } from './tenancy.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('the migrations make what the schema says, and the comparison sees a difference', async () => {
  expect(await schemaDiff(db.url)).toBe('')
  await db.database.pool.query('create table stray (id text primary key)')
  expect(await schemaDiff(db.url)).toContain('DROP TABLE "stray"')
  await db.database.pool.query('drop table stray')
})

test('a migrated database is left alone; an edited migration is refused', async () => {
  expect(await migrate(db.url)).toEqual([])
  await db.database.pool.query(`update _prisma_migrations set checksum = 'other' where migration_name like '%_first'`)
  await expect(migrate(db.url)).rejects.toMatchObject({
    code: 'DATABASE_DOWN',
    message: expect.stringContaining('edited'),
  })
})

test('how models belong to tenants is what the schema says', async () => {
  for (const [model, { columns, relations }] of Object.entries(RELATIONS)) {
    const fields: Readonly<Record<string, string>> = fieldsOf(model)
    const tenant = ['workspaceId', 'nicheId'].filter((column) => column in fields)
    // these are read by everybody of a workspace, or by nobody within a scope
    if (!['Niche', 'Catalogue', 'FairShare'].includes(model)) expect([model, columns]).toEqual([model, tenant])
    const { fields: described } = runtimeModels()[model] ?? { fields: [] }
    expect([model, Object.keys(relations).sort()]).toEqual([
      model,
      described
        .filter((field) => field.kind === 'object')
        .map((field) => field.name)
        .sort(),
    ])
    for (const field of described.filter((one) => one.kind === 'object'))
      expect(relations[field.name]?.model).toBe(field.type)
  }
})

function fieldsOf(model: string): Readonly<Record<string, string>> {
  const enums = Prisma as unknown as Readonly<Record<string, Readonly<Record<string, string>>>>
  return enums[`${model}ScalarFieldEnum`] ?? {}
}

function runtimeModels(): Readonly<
  Record<string, { fields: readonly { name: string; kind: string; type: string }[] }>
> {
  const client = db.database.prisma as unknown as { _runtimeDataModel: { models: ReturnType<typeof runtimeModels> } }
  return client._runtimeDataModel.models
}

test('what people see changing is told, heartbeats are not; a post moves on with its card', async () => {
  const heard: string[] = []
  const { pool, prisma } = db.database
  const listener = await pool.connect()
  listener.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`))
  await listener.query('listen project')
  await listener.query('listen post')
  await prisma.workspace.create({
    data: {
      id: 'w',
      name: 'w',
      niches: { create: { id: 'n', name: 'n' } },
      rooms: { create: { id: 'r', surface: 'web', externalId: 'r' } },
    },
  })
  const scope = { workspaceId: 'w', nicheId: 'n' }
  await prisma.project.create({
    data: { ...scope, id: 'p', number: 1, kind: 'dub', title: 't', request: {}, requestedBy: 'm', reviewers: [] },
  })
  await prisma.run.create({ data: { ...scope, id: 'run', projectId: 'p', ordinal: 1, plan: {}, status: 'active' } })
  await prisma.step.create({
    data: {
      ...scope,
      id: 's',
      projectId: 'p',
      runId: 'run',
      node: 'a',
      kind: 'stage',
      stage: 'a',
      resource: 'io',
      status: 'ready',
    },
  })
  await expect.poll(() => heard).toEqual(['project p', 'project p', 'project p'])
  await prisma.step.update({ where: { id: 's' }, data: { heartbeatAt: new Date(), dispatch: 2, queuedAt: new Date() } })
  await pool.query("begin; set local dailies.quiet = 'on'; update step set status = 'running'; commit")
  await prisma.step.update({ where: { id: 's' }, data: { progress: { ratio: 0.5 } } })
  await prisma.revision.create({
    data: { ...scope, id: 'rev', stepId: 's', number: 2, status: 'pending', review: {}, changes: [], memberId: 'm' },
  })
  await expect.poll(() => heard.length).toBe(5)
  await prisma.thread.create({ data: { workspaceId: 'w', roomId: 'r', id: 't', title: 't' } })
  const post = {
    workspaceId: 'w',
    roomId: 'r',
    threadId: 't',
    id: 'po',
    key: 'status',
    card: {},
    cardHash: '1',
    nonce: 'x',
  }
  const { sequence } = await prisma.post.create({ data: post })
  await prisma.post.update({ where: { id: 'po' }, data: { externalId: 'e' } })
  const changed = await prisma.post.update({ where: { id: 'po' }, data: { cardHash: '2', revision: 2 } })
  const stored = await prisma.post.findUniqueOrThrow({ where: { id: 'po' } })
  expect(stored.sequence).toBeGreaterThan(sequence)
  await expect.poll(() => heard.slice(5)).toEqual([`post ${sequence}`, `post ${stored.sequence}`])
  expect(changed.revision).toBe(2)
  listener.release()
})
