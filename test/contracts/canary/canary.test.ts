import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postsAfter } from '#prisma/queries/system/posts.ts'
import { RELATIONS } from '#prisma/tenancy.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import { plantCanaries, singsCanary } from '#test/builders/canaries.ts'
import type { Canaries } from '#test/builders/canaries.ts'
import { testDatabase } from '#test/setup/database.ts'
import type { TestDatabase } from '#test/setup/database.ts'
import { WALK } from './walk.ts'

const QUERIES = new URL('../../../prisma/queries/', import.meta.url)
let db: TestDatabase
let canaries: Canaries

beforeEach(async () => {
  db = await testDatabase()
  canaries = await plantCanaries(db.database)
})
afterEach(() => db.drop())

test('every query file and every function of it is walked', async () => {
  const files = (await readdir(QUERIES)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()
  expect(Object.keys(WALK).sort()).toEqual(files)
  for (const file of files) {
    const exported: Readonly<Record<string, unknown>> = await import(new URL(file, QUERIES).href)
    const functions = Object.keys(exported)
      .filter((name) => typeof exported[name] === 'function')
      .sort()
    expect([file, Object.keys(WALK[file] ?? {}).sort()]).toEqual([file, functions])
  }
})

describe.each(
  Object.entries(WALK).flatMap(([file, calls]) => Object.entries(calls).map(([name, call]) => ({ file, name, call }))),
)('$file $name', ({ call }) => {
  test('finds what is ours', async () => {
    const found = await call(canaries.db, canaries.ours)
    expect(
      JSON.stringify(found, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).toMatch(/ours|new/)
    expect(singsCanary(found)).toBe(false)
  })

  test("neither shows nor changes a stranger's rows, also when asked by their ids", async () => {
    const before = await canaries.strangersRows()
    for (const stranger of canaries.strangers) {
      // refusing is fine, showing is not
      const found = await call(canaries.db, stranger).catch(() => undefined)
      expect(singsCanary(found)).toBe(false)
    }
    expect(await canaries.strangersRows()).toBe(before)
  })
})

test("an event stream replays no post of a stranger's project, and all of ours", async () => {
  const room = { id: canaries.ours.roomId, scope: canaries.ours.scope }
  const replayed = await postsAfter(unscopedDb(db.database), room, -1n, 1000)
  expect(singsCanary(replayed)).toBe(false)
  expect(replayed.map((post) => post.id)).toEqual((await canaries.db.post.findMany()).map((post) => post.id))
})

interface Delegate {
  findMany(args?: object): Promise<unknown[]>
  count(): Promise<number>
  updateMany(args: object): Promise<{ count: number }>
  deleteMany(args?: object): Promise<{ count: number }>
}

const TENANT_MODELS = Object.entries(RELATIONS).filter(
  ([model]) => !['Installation', 'StepDependency', 'Worker', 'FairShare'].includes(model),
)

// whatever a service writes inline, it writes with this client
describe.each(TENANT_MODELS)('the scoped client and %s', (model, { columns, relations }) => {
  const delegate = (): Delegate => {
    const clients = canaries.db as unknown as Readonly<Record<string, Delegate>>
    const found = clients[model.charAt(0).toLowerCase() + model.slice(1)]
    if (!found) throw new Error(`no ${model} in the client`)
    return found
  }

  test('shows our rows, and no canary through any relation', async () => {
    const rows = await delegate().findMany()
    expect(rows.length).toBeGreaterThan(0)
    expect(await delegate().count()).toBe(rows.length)
    expect(singsCanary(rows)).toBe(false)
    for (const relation of Object.keys(relations)) {
      const joined = await delegate()
        .findMany({ include: { [relation]: true } })
        .catch((error: unknown) => {
          expect(String(error)).toMatch(/scope/)
        })
      expect([relation, singsCanary(joined)]).toEqual([relation, false])
    }
  })

  test('changes and removes our rows only', async () => {
    const before = await canaries.strangersRows()
    if (columns.length > 0) {
      await delegate().deleteMany()
      expect(await delegate().count()).toBe(0)
    } else {
      await expect(delegate().deleteMany()).rejects.toThrow(/scope/)
    }
    // what hangs on our own room goes with it, also from our other niche; nothing of another workspace does
    const kept = (await canaries.strangersRows()).split('\n')
    const lost = before.split('\n').filter((row) => !kept.includes(row))
    expect(model === 'Room' ? lost.filter((row) => row.includes('wsp_CANARY')) : lost).toEqual([])
  })
})

test('the walk notices a query that looks across tenants', async () => {
  const leaky = await db.database.prisma.project.findMany()
  expect(singsCanary(leaky)).toBe(true)
  const before = await canaries.strangersRows()
  await db.database.prisma.project.updateMany({ data: { title: 'taken' } })
  expect(await canaries.strangersRows()).not.toBe(before)
})
