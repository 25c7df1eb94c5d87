import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { takeInvite } from '#prisma/queries/system/sessions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { changeRole, removeMember } from './change-member.ts'
import { findMembers } from './find-members.ts'
import { invite, inviteHash, INVITE_HOURS } from './invite.ts'
import { listMembers } from './list-members.ts'

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

async function join(name: string, role: string): Promise<string> {
  const id = newId('mbr')
  await crew.db.member.create({
    data: { id, workspaceId: crew.scope.workspaceId, surface: 'web', externalId: id, name, role },
  })
  return id
}

test('an invitation is a link that works once, for a while, and is kept as a hash only', async () => {
  const ctx = crew.context()
  const { link, expiresAt } = await invite({ ctx, name: ' Rita ', role: 'viewer' })
  const token = /^http:\/\/studio\.test\/#invite=([0-9A-Za-z]{32})$/.exec(link)?.[1] ?? ''
  const kept = await crew.db.invite.findFirstOrThrow()
  expect(JSON.stringify(kept)).not.toContain(token)
  const { prisma } = db.database
  expect(await takeInvite(prisma, inviteHash(token), new Date(expiresAt.getTime() + 1))).toBeUndefined()
  expect(await takeInvite(prisma, inviteHash(token), new Date())).toEqual({
    workspaceId: crew.scope.workspaceId,
    name: 'Rita',
    role: 'viewer',
  })
  expect(await takeInvite(prisma, inviteHash(token), new Date())).toBeUndefined()
  expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(INVITE_HOURS * 3_600_000)
  await expect(invite({ ctx, name: 'CREW-member', role: 'admin' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

test('the last admin stays one, also when two leave at the same moment', async () => {
  const ctx = crew.context()
  await expect(changeRole({ ctx, name: 'crew-member', role: 'editor' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(removeMember({ ctx, memberId: crew.memberId })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const second = await join('Ana', 'admin')
  const both = await Promise.allSettled([
    removeMember({ ctx, memberId: crew.memberId }),
    removeMember({ ctx, memberId: second }),
  ])
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await crew.db.member.count({ where: { role: 'admin', removedAt: null } })).toBe(1)
})

test('a removed member is signed out at once and can come back under the same name', async () => {
  const own = await bench.crew('own')
  const ctx = own.context()
  const id = newId('mbr')
  const { workspaceId } = own.scope
  await own.db.member.create({ data: { id, workspaceId, surface: 'web', externalId: id, name: 'Bo', role: 'editor' } })
  await own.db.session.create({
    data: { id: newId('ses'), workspaceId, memberId: id, tokenHash: id, expiresAt: new Date(Date.now() + 1e6) },
  })
  await changeRole({ ctx, name: '@bo', role: 'viewer' })
  expect(await listMembers(ctx)).toMatchObject([
    { name: 'Bo', role: 'viewer' },
    { name: 'own-member', role: 'admin' },
  ])
  expect(await findMembers({ ctx, typed: 'bo, OWN-member,bo' })).toEqual([id, own.memberId])
  await expect(findMembers({ ctx, typed: 'bob' })).rejects.toMatchObject({ data: { near: 'Bo' } })
  await removeMember({ ctx, memberId: id })
  expect(await own.db.session.count()).toBe(0)
  expect(await listMembers(ctx)).toHaveLength(1)
  await expect(removeMember({ ctx, memberId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await invite({ ctx, name: 'Bo', role: 'editor' })
})
