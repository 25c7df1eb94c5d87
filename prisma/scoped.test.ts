import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProject } from '#test/builders/project.ts'
import { buildTenant } from '#test/builders/tenant.ts'
import type { Tenant } from '#test/builders/tenant.ts'
import { testDatabase } from '#test/setup/database.ts'
import type { TestDatabase } from '#test/setup/database.ts'
import { scopedDb } from './scoped.ts'

let db: TestDatabase
let ours: Tenant
let theirs: Tenant

beforeAll(async () => {
  db = await testDatabase()
  ours = await buildTenant(db.database, 'ours')
  theirs = await buildTenant(db.database, 'theirs')
})
afterAll(() => db.drop())

test('reads, counts and changes stay in the workspace', async () => {
  const { projectId } = await buildProject(theirs.db, { title: 'secret' })
  const mine = await buildProject(ours.db, { title: 'mine' })
  expect(await ours.db.project.findUnique({ where: { id: projectId } })).toBeNull()
  expect(await ours.db.project.findMany({ select: { id: true } })).toEqual([{ id: mine.projectId }])
  expect(await ours.db.project.count()).toBe(1)
  expect(await ours.db.project.updateMany({ data: { title: 'taken' } })).toEqual({ count: 1 })
  await expect(ours.db.project.update({ where: { id: projectId }, data: { title: 'taken' } })).rejects.toThrow()
  await expect(ours.db.project.delete({ where: { id: projectId } })).rejects.toThrow()
  expect((await ours.db.project.groupBy({ by: ['title'] })).map((row) => row.title)).toEqual(['taken'])
  expect(await theirs.db.project.findUniqueOrThrow({ where: { id: projectId } })).toMatchObject({ title: 'secret' })
})

test('an OR of the caller does not widen the scope', async () => {
  const found = await ours.db.project.findMany({
    where: { OR: [{ workspaceId: theirs.scope.workspaceId }, { number: { gt: 0 } }] },
  })
  expect(found.every((row) => row.workspaceId === ours.scope.workspaceId)).toBe(true)
})

test('new rows get the tenant, and never another one', async () => {
  const artifact = { id: 'art_1', sha256: 'a'.repeat(64), kind: 'upload', mime: 'video/mp4', bytes: 1n, name: 'a.mp4' }
  await expect(ours.db.artifact.create({ data: { ...artifact, ...theirs.scope } })).rejects.toThrow(/another tenant/)
  await expect(ours.db.artifact.createMany({ data: [{ ...artifact, ...theirs.scope }] })).rejects.toThrow(
    /another tenant/,
  )
  await ours.db.artifact.create({ data: { ...artifact, ...ours.scope } })
  await expect(ours.db.artifact.updateMany({ data: { workspaceId: theirs.scope.workspaceId } })).rejects.toThrow(
    /never changes/,
  )
})

test('transactions stay scoped, raw SQL and nested writes are refused', async () => {
  const seen = await ours.db.$transaction(async (tx) => ({
    scope: tx.scope,
    titles: (await tx.project.findMany({ select: { title: true } })).map((row) => row.title),
  }))
  expect(seen).toEqual({ scope: ours.scope, titles: ['taken'] })
  const raw = ours.db as unknown as { $queryRawUnsafe(sql: string): Promise<unknown> }
  await expect(raw.$queryRawUnsafe('select * from project')).rejects.toThrow(/leave the scope/)
  await expect(
    ours.db.room.create({
      data: { id: 'rom_x', surface: 'web', externalId: 'x', workspace: { connect: { id: theirs.scope.workspaceId } } },
    }),
  ).rejects.toThrow(/nested writes/)
})

test('another niche of the same workspace is another tenant', async () => {
  const other = { workspaceId: ours.scope.workspaceId, nicheId: 'nch_other' }
  await db.database.prisma.niche.create({ data: { id: other.nicheId, workspaceId: other.workspaceId, name: 'other' } })
  const inOther = scopedDb(db.database, other)
  const { projectId } = await buildProject(inOther, { title: 'other niche' })
  const { prisma } = db.database
  await prisma.thread.create({
    data: { id: 'thr_o', workspaceId: other.workspaceId, roomId: ours.roomId, projectId, title: 'other' },
  })
  expect(await ours.db.thread.findMany()).toEqual([])
  expect(await ours.db.project.findUnique({ where: { id: projectId } })).toBeNull()
  const room = await ours.db.room.findFirstOrThrow({ include: { threads: true } })
  expect(room.threads).toEqual([])
  expect(await ours.db.niche.findMany({ select: { id: true } })).toEqual([{ id: ours.scope.nicheId }])
  expect((await inOther.thread.findMany({ include: { project: true } })).map((row) => row.project?.title)).toEqual([
    'other niche',
  ])
})

test('what the installation offers is read, never written', async () => {
  const { prisma } = db.database
  const entry = { capability: 'speech', available: true, details: {} }
  await prisma.catalogue.createMany({
    data: ['', ours.scope.workspaceId, theirs.scope.workspaceId].map((workspaceId) => ({
      ...entry,
      workspaceId,
      provider: `p-${workspaceId}`,
    })),
  })
  const seen = (await ours.db.catalogue.findMany()).map((row) => row.workspaceId).sort()
  expect(seen).toEqual(['', ours.scope.workspaceId])
  await expect(ours.db.catalogue.deleteMany()).rejects.toThrow(/within a scope/)
  await expect(ours.db.catalogue.updateMany({ data: { available: false } })).rejects.toThrow(/within a scope/)
  await expect(ours.db.workspace.deleteMany()).rejects.toThrow(/within a scope/)
})
