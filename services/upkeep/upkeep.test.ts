import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '#core/log.ts'
import { PRIORITIES } from '#domain/states.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import { scopedDb } from '#prisma/scoped.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import { startProduction } from '#services/projects/start-production.ts'
import { loadProjectView } from '#services/project-view.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import { SETTINGS } from '#services/settings/registry.ts'
import { cancelled, waitingTranscript } from '#test/builders/productions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { cleanUploads } from './clean-uploads.ts'
import type { UpkeepContext } from './context.ts'
import { deleteOld } from './delete-old.ts'
import { forgetExpired } from './forget-expired.ts'
import { sendReminders } from './send-reminders.ts'
import { startUnstarted } from './start-unstarted.ts'
import { sweepStore } from './sweep-store.ts'

const HOUR_MS = 3_600_000
let db: TestDatabase
let bench: Bench

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

function upkeep(afterMs: number, from = Date.now()): UpkeepContext {
  const { engine, storage } = bench
  return {
    db: unscopedDb(db.database),
    within: (scope) => scopedDb(db.database, scope),
    engine,
    storage,
    log: silentLog,
    timeScale: 1,
    now: () => new Date(from + afterMs),
  }
}

async function reminded(crew: Crew, projectId: string): Promise<number[]> {
  const view = await loadProjectView({ db: crew.db, projectId })
  return view.reminders.map((reminder) => reminder.hours)
}

test('a checkpoint is reminded of after 4 and 24 hours, once each', async () => {
  const crew = await bench.crew()
  const projectId = await waitingTranscript(bench, crew)
  expect(await sendReminders(upkeep(3.9 * HOUR_MS))).toBe(0)
  expect(await sendReminders(upkeep(4.1 * HOUR_MS))).toBe(1)
  expect(await sendReminders(upkeep(5 * HOUR_MS))).toBe(0)
  expect(await reminded(crew, projectId)).toEqual([4])
  expect(await sendReminders(upkeep(24.1 * HOUR_MS))).toBe(1)
  expect(await reminded(crew, projectId)).toEqual([4, 24])
  expect((await loadProjectView({ db: crew.db, projectId })).reminders[0]).toMatchObject({
    checkpoint: 'transcript',
    target: 'en',
  })
})

test('after a long silence one reminder is sent, not two; none in quiet hours or where they are off', async () => {
  const quiet = await bench.crew()
  const silent = await bench.crew()
  const late = await bench.crew()
  const { notify } = { notify: SETTINGS.notify.fallback }
  await writeSetting({
    ctx: quiet.context(),
    key: 'notify',
    value: { ...notify, quiet: { fromHour: 22, untilHour: 7 } },
  })
  await writeSetting({ ctx: silent.context(), key: 'notify', value: { ...notify, reminders: false } })
  const ids = await Promise.all([quiet, silent, late].map((crew) => waitingTranscript(bench, crew)))
  // three days on, at 23:30 UTC: in the quiet hours of one
  const night = new Date(Date.now() + 72 * HOUR_MS).setUTCHours(23, 30, 0, 0)
  await sendReminders(upkeep(0, night))
  expect(await reminded(quiet, ids[0] ?? '')).toEqual([])
  expect(await reminded(silent, ids[1] ?? '')).toEqual([])
  expect(await reminded(late, ids[2] ?? '')).toEqual([24])
  await sendReminders(upkeep(12 * HOUR_MS, night))
  expect(await reminded(quiet, ids[0] ?? '')).toEqual([24])
})

test('uploads that nobody took go after a day with their bytes; a taken one stays', async () => {
  const crew = await bench.crew()
  const save = async (name: string) =>
    createArtifact(crew.db, {
      ...(await bench.storage.put(Buffer.from(name))),
      kind: 'upload',
      mime: 'video/mp4',
      name,
    })
  const [unused, taken] = [await save('unused.mp4'), await save('taken.mp4')]
  await startProduction({ ctx: crew.context(), kind: 'transcribe', asked: {}, files: [taken] })
  expect(await cleanUploads(upkeep(23 * HOUR_MS))).toBe(0)
  expect(await cleanUploads(upkeep(25 * HOUR_MS))).toBe(1)
  expect(await bench.storage.stat(unused.sha256)).toBeUndefined()
  expect(await bench.storage.stat(taken.sha256)).toBeDefined()
})

test('projects go after the days that their workspace keeps them, and only that workspace’s', async () => {
  const keeps = await bench.crew()
  const forgets = await bench.crew()
  await writeSetting({
    ctx: forgets.context(),
    key: 'limits',
    value: { ...SETTINGS.limits.fallback, retentionDays: 7 },
  })
  const kept = await cancelled(bench, keeps)
  const forgotten = await cancelled(bench, forgets)
  const waiting = await waitingTranscript(bench, forgets)
  await deleteOld(upkeep(6 * 24 * HOUR_MS))
  expect(await forgets.db.project.count({ where: { deletedAt: null } })).toBe(2)
  await deleteOld(upkeep(8 * 24 * HOUR_MS))
  expect(await forgets.db.project.findMany({ where: { deletedAt: null }, select: { id: true } })).toEqual([
    { id: waiting },
  ])
  expect(await forgets.db.artifact.count({ where: { projectId: forgotten } })).toBe(0)
  expect(await keeps.db.project.count({ where: { id: kept, deletedAt: null } })).toBe(1)
})

test('a project whose process died before its run began is started', async () => {
  const crew = await bench.crew()
  const { projectId } = await startProduction({
    ctx: crew.context(),
    kind: 'transcribe',
    asked: { source: 'https://example.com/a.mp4', priority: 'urgent' },
    files: [],
  })
  await crew.db.run.deleteMany({ where: { projectId } })
  expect(await startUnstarted(upkeep(30_000))).toBe(0)
  expect(await startUnstarted(upkeep(120_000))).toBe(1)
  expect((await loadProjectView({ db: crew.db, projectId })).run).toMatchObject({ ordinal: 1, status: 'active' })
  expect(await crew.db.run.findFirst({ where: { projectId } })).toMatchObject({ priority: PRIORITIES.urgent })
  expect(await startUnstarted(upkeep(120_000))).toBe(0)
})

test('bytes without a reference go on the second look, never on the first', async () => {
  const crew = await bench.crew()
  const orphan = await bench.storage.put(Buffer.from('left by a crash'))
  const referenced = await createArtifact(crew.db, {
    ...(await bench.storage.put(Buffer.from('somebody’s'))),
    kind: 'source',
    mime: 'video/mp4',
    name: 'a.mp4',
  })
  const suspects = await sweepStore(upkeep(0), new Set())
  expect(suspects).toContain(orphan.sha256)
  expect(await bench.storage.stat(orphan.sha256)).toBeDefined()
  await sweepStore(upkeep(0), suspects)
  expect(await bench.storage.stat(orphan.sha256)).toBeUndefined()
  expect(await bench.storage.stat(referenced.sha256)).toBeDefined()
})

test('results and sessions are forgotten when their time is over', async () => {
  const crew = await bench.crew()
  const expiresAt = new Date(Date.now() + HOUR_MS)
  await crew.db.stepResult.create({ data: { ...crew.scope, key: 'k', output: {}, expiresAt } })
  await crew.db.session.create({
    data: {
      id: `ses_${crew.memberId}`,
      workspaceId: crew.scope.workspaceId,
      memberId: crew.memberId,
      tokenHash: crew.memberId,
      expiresAt,
    },
  })
  expect(await forgetExpired(upkeep(0))).toEqual({ results: 0, sessions: 0 })
  expect(await forgetExpired(upkeep(2 * HOUR_MS))).toEqual({ results: 1, sessions: 1 })
})
