import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { keepEmbedded } from './keep.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dailies-embedded-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function postmasterPid(): Promise<number> {
  return readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').then((text) =>
    Number(text.split('\n')[0]),
  )
}

test('starts once for two at the same time, keeps what was written, stops', async () => {
  const [first, second] = await Promise.all([
    startEmbedded({ dataDir, durable: false }),
    startEmbedded({ dataDir, durable: false }),
  ])
  expect(second.url).toBe(first.url)
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  expect(await first.isRunning()).toBe(false)
  await expect(query(first.url, 'select 1')).rejects.toThrow()
  const again = await startEmbedded({ dataDir, durable: false })
  expect(again.url).toBe(first.url)
  expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await again.stop()
})

test('asks for a password, keeps it private, and is safe against power loss by default', async () => {
  const server = await startEmbedded({ dataDir })
  const open = new URL(server.url)
  open.password = 'guess'
  await expect(query(open.href, 'select 1')).rejects.toThrow(/password/)
  expect((await stat(join(dataDir, 'postgres', 'password'))).mode & 0o777).toBe(0o600)
  const settings = await query(
    server.url,
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  )
  expect(settings.map((row) => row['setting'])).toEqual(['on', 'on', 'on'])
  await server.stop()
})

test('a server that was killed comes back at the same address with what was committed', async () => {
  const restarted = Promise.withResolvers<boolean>()
  const server = await keepEmbedded({ dataDir, onRestart: restarted.resolve, onTrouble: () => undefined })
  const { url } = server
  await query(url, 'create table kept as select 42 as answer')
  process.kill(await postmasterPid(), 'SIGKILL')
  expect(await restarted.promise).toBe(false)
  expect(server.url).toBe(url)
  expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await server.stop()
})
