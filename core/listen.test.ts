import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '#test/setup/database.ts'
import type { TestDatabase } from '#test/setup/database.ts'
import { silentLog } from './log.ts'
import { listen } from './listen.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('hears its channels only, and hears again after its connection was cut', async () => {
  const heard: string[] = []
  const reconnected = Promise.withResolvers<void>()
  let next = Promise.withResolvers<void>()
  const listener = await listen({
    url: db.url,
    channels: { project: (payload) => (heard.push(payload), next.resolve()) },
    log: silentLog,
    onReconnect: reconnected.resolve,
  })
  const { pool } = db.database
  await pool.query("select pg_notify('other', 'x')")
  await pool.query("select pg_notify('project', 'one')")
  await next.promise
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
  )
  await reconnected.promise
  next = Promise.withResolvers()
  await pool.query("select pg_notify('project', 'two')")
  await next.promise
  expect(heard).toEqual(['one', 'two'])
  await listener.close()
  const listening = async () =>
    (await pool.query("select 1 from pg_stat_activity where query like 'listen%' and datname = current_database()"))
      .rowCount
  await expect.poll(listening).toBe(0)
})

test('rejects when there is nothing to listen to', async () => {
  const url = new URL(db.url)
  url.pathname = '/nowhere'
  await expect(listen({ url: url.href, channels: {}, log: silentLog, onReconnect: () => undefined })).rejects.toThrow(
    pg.DatabaseError,
  )
})
