import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '#core/log.ts'
import type { Plan } from '#domain/plan.ts'
import { createEngine } from '#engine/create.ts'
import type { Engine } from '#engine/engine.ts'
import { timings } from '#engine/timings.ts'
import { buildProject } from '../builders/project.ts'
import { buildTenant, type Tenant } from '../builders/tenant.ts'
import { testDatabase, type TestDatabase } from '../setup/database.ts'
import { planOf, stage, until } from './engine-fixture.ts'
import type { WorkerProcessOptions } from './worker-process.ts'

const SCALE = 0.05

describe('a worker process', () => {
  let database: TestDatabase
  let engine: Engine
  let tenant: Tenant
  let dataDir: string
  /** of one test: what its stages write */
  let dir: string
  const children = new Set<ChildProcess>()

  beforeAll(async () => {
    database = await testDatabase()
    engine = createEngine({ database: database.database, timings: timings(SCALE), log: silentLog })
    tenant = await buildTenant(database.database)
    dataDir = await mkdtemp(path.join(tmpdir(), 'dailies-worker-'))
  })
  beforeEach(async () => {
    dir = await mkdtemp(path.join(dataDir, 'test-'))
  })
  afterEach(async () => {
    for (const child of children) await kill(child)
  })
  afterAll(async () => {
    await engine.close()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function startWorker(graceMs = 0): Promise<ChildProcess> {
    const options: WorkerProcessOptions = { databaseUrl: database.url, dataDir, graceMs, scale: SCALE }
    const child = fork(path.join(import.meta.dirname, 'worker-process.ts'), [JSON.stringify(options)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    children.add(child)
    await once(child, 'message')
    return child
  }

  async function kill(child: ChildProcess): Promise<void> {
    children.delete(child)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async function start(plan: Plan): Promise<{ runId: string; projectId: string }> {
    const { projectId } = await buildProject(tenant.db)
    return { ...(await engine.startRun({ scope: tenant.scope, projectId, plan, priority: 2 })), projectId }
  }

  interface Row {
    readonly id: string
    readonly status: string
    readonly attempt: number
    readonly crashes: number
    readonly reused: boolean
    readonly output: { readonly file: { readonly id: string; readonly sha256: string } } | null
  }

  async function stepOf(runId: string): Promise<Row | undefined> {
    const found = await database.database.pool.query<Row>('select * from step where run_id = $1', [runId])
    return found.rows[0]
  }

  const ended = (runId: string) =>
    until(
      () => stepOf(runId),
      (step) => step?.status === 'done',
    )
  const toolPid = async (): Promise<number> =>
    Number(
      await until(
        () => readFile(path.join(dir, 'pid'), 'utf8').catch(() => ''),
        (text) => text.trim() !== '',
      ),
    )
  const slowPlan = () => planOf((p) => void p.step(stage('slow', { resource: 'cpu' }), { dir }))
  const artifacts = async (projectId: string) =>
    (await database.database.pool.query<{ id: string }>('select id from artifact where project_id = $1', [projectId]))
      .rows

  it('killed in the middle of a step leaves no tool and no half file; another finishes, once', async () => {
    const first = await startWorker()
    const { runId, projectId } = await start(slowPlan())
    const pid = await toolPid()
    await kill(first)
    await until(
      async () => isAlive(pid),
      (alive) => !alive,
      5_000,
    )
    await writeFile(path.join(dir, 'go'), '')
    await startWorker()
    expect(await ended(runId)).toMatchObject({ crashes: 1, attempt: 0 })
    expect(await artifacts(projectId)).toHaveLength(1)
    const kept = await until(
      () => readdir(path.join(dataDir, 'work')),
      (names) => names.length === 1,
    )
    expect(await readdir(path.join(dataDir, 'work', kept[0] ?? ''))).toEqual(['common'])
  })

  it('that is asked to stop hands its step back, stops the tool and leaves nothing', async () => {
    const child = await startWorker()
    const { runId } = await start(slowPlan())
    const pid = await toolPid()
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await gone)[0]).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(await stepOf(runId)).toMatchObject({ status: 'ready', attempt: 0, crashes: 0 })
    expect(await readdir(path.join(dataDir, 'work'))).toEqual([])
    await engine.cancel({ scope: tenant.scope, runId })
  })

  it('stops a tool within 2 s when its run is cancelled or paused, and goes on after resume', async () => {
    await startWorker()
    const { scope } = tenant
    const paused = await start(slowPlan())
    let pid = await toolPid()
    await engine.pause({ scope, runId: paused.runId })
    await until(
      async () => isAlive(pid),
      (alive) => !alive,
      2_000,
    )
    await rm(path.join(dir, 'pid'))
    await engine.resume({ scope, runId: paused.runId })
    pid = await toolPid()
    await engine.cancel({ scope, runId: paused.runId })
    await until(
      async () => isAlive(pid),
      (alive) => !alive,
      2_000,
    )
    expect(await stepOf(paused.runId)).toMatchObject({ status: 'cancelled', attempt: 0, crashes: 0 })
  })

  it('uses a result again, with a reference of the second project’s own', async () => {
    await startWorker()
    const plan = () => planOf((p) => void p.step(stage('quick', { resource: 'cpu' }), { dir, text: 'the same' }))
    const first = await start(plan())
    const made = await ended(first.runId)
    const second = await start(plan())
    const again = await ended(second.runId)
    expect(made).toMatchObject({ reused: false })
    expect(again).toMatchObject({ reused: true })
    expect(again?.output?.file.sha256).toBe(made?.output?.file.sha256)
    expect(again?.output?.file.id).not.toBe(made?.output?.file.id)
    expect(await artifacts(second.projectId)).toEqual([{ id: again?.output?.file.id }])
    expect((await readdir(dir)).filter((name) => name.startsWith('ran-'))).toHaveLength(1)

    // a redo asks for something new
    const { scope, memberId } = tenant
    const redone = await engine.redo({ scope, runId: second.runId, node: 'quick', fanKey: '', memberId })
    const latest = await until(
      async () =>
        (
          await database.database.pool.query<Row>(
            `select * from step where run_id = $1 and status = 'done' and redo = 1`,
            [redone.runId],
          )
        ).rows[0],
      (step) => step !== undefined,
    )
    expect(latest).toMatchObject({ reused: false })

    // bytes that are gone are made again
    await rm(path.join(dataDir, 'store'), { recursive: true })
    await mkdir(path.join(dataDir, 'store', 'drafts'), { recursive: true })
    const third = await start(plan())
    expect(await ended(third.runId)).toMatchObject({ reused: false })
    expect(existsSync(path.join(dir, `ran-${(await stepOf(third.runId))?.id}`))).toBe(true)
  })

  it('fails a step whose input is not of its shape, and says so', async () => {
    await startWorker()
    const { runId } = await start(planOf((p) => void p.step(stage('quick', { resource: 'cpu' }), { dir: 5 })))
    const step = await until(
      () => stepOf(runId),
      (row) => row?.status === 'failed',
    )
    expect(step).toMatchObject({ error: { code: 'INTERNAL' } })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
