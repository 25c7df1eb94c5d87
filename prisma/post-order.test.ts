import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTenant, type Tenant } from '#test/builders/tenant.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'

let db: TestDatabase
let tenant: Tenant

beforeAll(async () => {
  db = await testDatabase()
  tenant = await buildTenant(db.database, 'crew')
  const { workspaceId } = tenant.scope
  await tenant.db.thread.create({ data: { id: 'thr', workspaceId, roomId: tenant.roomId, title: 'talk' } })
})
afterAll(() => db.drop())

const insert = `insert into post (id, workspace_id, room_id, thread_id, key, card, card_hash, nonce)
  values ($1, $2, $3, 'thr', $1, '{}', '', '') returning sequence`
const row = (id: string) => [id, tenant.scope.workspaceId, tenant.roomId]

test.each([
  ['a post that is made', (id: string) => db.database.pool.query<{ sequence: string }>(insert, row(id))],
  [
    'a post that changes',
    async (id: string) => {
      await db.database.pool.query(`${insert.replace('returning sequence', '')} on conflict do nothing`, row('old'))
      return db.database.pool.query<{ sequence: string }>(
        `update post set card_hash = $1 where id = 'old' returning sequence`,
        [id],
      )
    },
  ],
])('%s is not seen before one with a lower number is', async (name, write) => {
  if (name.includes('changes')) await write('first')
  const slow = await db.database.pool.connect()
  await slow.query('begin')
  const first = await slow.query<{ sequence: string }>(insert, row(`slow of ${name}`))
  const second = write(`fast of ${name}`)
  const happened = await Promise.race([second.then(() => 'was seen'), someoneWaits().then(() => 'waits')])
  await slow.query('commit')
  slow.release()
  expect(happened).toBe('waits')
  expect(Number((await second).rows[0]?.sequence)).toBeGreaterThan(Number(first.rows[0]?.sequence))
})

/** Settles when a session waits for a lock of the kind that posts take. */
async function someoneWaits(): Promise<void> {
  const waits = `select 1 from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`
  await expect.poll(async () => (await db.database.pool.query(waits)).rowCount, { timeout: 10_000 }).toBe(1)
}
