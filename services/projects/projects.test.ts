import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { run } from '#core/run.ts'
import { errorWords } from '#core/words/index.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import { loadProjectView } from '#services/project-view.ts'
import { inbox } from '#services/inbox.ts'
import { queue } from '#services/queue.ts'
import { SETTINGS } from '#services/settings/registry.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import { failed, finished, play, waitingTranscript } from '#test/builders/productions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { controlRun } from './control-run.ts'
import { deleteProject } from './delete-project.ts'
import { exportProject } from './export-project.ts'
import { findProject } from './find-project.ts'
import { listProjects } from './list-projects.ts'
import { projectFiles } from './project-files.ts'
import { reopen } from './reopen.ts'
import { retryProject, retryStep, retryWithTranscript } from './retry.ts'
import { startProduction, type ProductionRequest } from './start-production.ts'

let db: TestDatabase
let bench: Bench
let crew: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
  const entry = (capability: string, provider: string, available: boolean, voices: object[] = []) => ({
    workspaceId: '',
    capability,
    provider,
    available,
    details: { draft: true, local: true, rank: { quality: 10, speed: 90 }, voices },
  })
  await db.database.prisma.catalogue.createMany({
    data: [
      entry('speech', 'espeak', true, [
        { id: 'pt-br', name: 'Portuguese', languages: ['pt-BR'] },
        { id: 'es', name: 'Spanish', languages: ['es'] },
      ]),
      entry('translation', 'apertium', true),
      entry('transcription', 'openai', false),
      entry('transcription', 'pocketsphinx', true),
    ],
  })
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

const link = 'https://example.com/My%20talk.mp4'
const start = (
  asked: ProductionRequest,
  files: readonly ArtifactRef[] = [],
  kind: 'dub' | 'transcribe' | 'subtitles' = 'dub',
) => startProduction({ ctx: crew.context(), kind, asked, files })

async function refused(asked: ProductionRequest, files: readonly ArtifactRef[] = []): Promise<string> {
  const before = await crew.db.project.count()
  const error: unknown = await start(asked, files).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  expect(await crew.db.project.count()).toBe(before)
  return errorWords(crew.context().t, error as AppError)
}

async function upload(name: string, text = name): Promise<ArtifactRef> {
  const stored = await bench.storage.put(Buffer.from(text))
  return createArtifact(crew.db, { ...stored, kind: 'upload', mime: 'application/octet-stream', name })
}

describe('a request is checked whole before anything is made', () => {
  test.each<[ProductionRequest, RegExp]>([
    [{ to: 'es' }, /add a link, or send the file/i],
    [{ source: 'talk.mp4', to: 'es' }, /“talk.mp4” is not a link/],
    [{ source: 'ftp://example.com/a.mp4', to: 'es' }, /is not a link/],
    [{ source: link }, /Into which language.*to:es/],
    [{ source: link, to: 'portugese' }, /portugese.*Did you mean pt/],
    [{ source: link, to: 'es,xx-yy-zz' }, /xx-yy-zz/],
    [{ source: link, to: 'es', from: 'klingonish' }, /klingonish/],
    [{ source: link, to: 'es', speech: 'espeek' }, /speech.*espeak.*Did you mean espeak/],
    [{ source: link, to: 'es', transcription: 'openai' }, /openai is not ready.*pocketsphinx/],
    [{ source: link, to: 'es', voice: 'pt-br' }, /does not speak Spanish.*es/],
    [{ source: link, to: 'es', voice: 'ess' }, /no voice “ess”.*Did you mean es/],
    [{ source: link, to: 'es', reviewers: 'crew-membr' }, /crew-membr.*Did you mean crew-member/],
    [{ source: link, to: 'es', glossary: '=x' }, /term=translation/],
    [{ source: link, to: 'es,fr,de,it,ja,ko,zh,hi,ar,ru,nl' }, /At most 10/],
  ])('%j', async (asked, words) => {
    expect(await refused(asked)).toMatch(words)
  })

  test('files: two videos, a link and a file, an empty one', async () => {
    const [first, second] = [await upload('a.mp4'), await upload('b.mp4')]
    expect(await refused({ to: 'es' }, [first, second])).toMatch(/One video/)
    expect(await refused({ source: link, to: 'es' }, [first])).toMatch(/either a link or a file/)
    expect(await refused({ to: 'es' }, [{ ...first, bytes: 0 }])).toMatch(/a.mp4 is empty/)
  })
})

test('a project has the next number of its workspace, what was asked, and the workspace’s defaults', async () => {
  const ctx = crew.context()
  await writeSetting({ ctx, key: 'targets', value: ['pt-BR', 'es'] })
  await writeSetting({ ctx, key: 'voices', value: { es: 'es' } })
  const [first, second] = await Promise.all([
    start({ source: link }),
    start({
      source: link,
      to: 'spanish, PT-br,pt-BR',
      voice: undefined,
      review: 'off',
      glossary: 'Dailies; take = toma',
    }),
  ])
  expect(Math.abs(first.number - second.number)).toBe(1)
  const { project } = await loadProjectView({ db: crew.db, projectId: first.projectId })
  expect(project).toMatchObject({ kind: 'dub', title: 'My talk', targets: ['pt-BR', 'es'], requestedBy: crew.memberId })
  expect(project.request).toMatchObject({ voices: { es: 'es' }, bed: 'duck', review: { final: true } })
  const other = await loadProjectView({ db: crew.db, projectId: second.projectId })
  expect(other.project.targets).toEqual(['es', 'PT-br'])
  expect(other.project.request).toMatchObject({
    review: { transcript: false, final: false },
    glossary: { Dailies: 'Dailies', take: 'toma' },
  })
})

test('a voice brings its provider; an upload and a transcript belong to the project from then on', async () => {
  const [media, transcript] = [await upload('Interview 3.mov'), await upload('Interview 3.srt')]
  const { projectId } = await start({ to: 'es', voice: 'Spanish' }, [transcript, media])
  const { project } = await loadProjectView({ db: crew.db, projectId })
  expect(project.title).toBe('Interview 3')
  expect(project.request).toMatchObject({
    source: { artifact: { id: media.id } },
    transcript: { id: transcript.id },
    voice: 'es',
    speech: 'espeak',
  })
  expect(await crew.db.artifact.count({ where: { projectId, kind: 'upload' } })).toBe(2)
})

test('limits: projects at work per person, and dollars a month', async () => {
  const own = await bench.crew()
  const ctx = own.context()
  await writeSetting({
    ctx,
    key: 'limits',
    value: { ...SETTINGS.limits.fallback, projectsPerMember: 2, monthlySpend: 5 },
  })
  const one = () => startProduction({ ctx, kind: 'transcribe', asked: { source: link }, files: [] })
  const { projectId } = await one()
  await one()
  await expect(one()).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  await controlRun({ ctx, projectId, verb: 'cancel' })
  await one()
  await own.db.providerCall.create({
    data: {
      ...own.scope,
      id: `cal_${projectId}`,
      projectId,
      capability: 'speech',
      provider: 'openai',
      outcome: 'ok',
      durationMs: 1,
      costMicros: 5_000_000n,
    },
  })
  await controlRun({ ctx, projectId: (await listProjects({ ctx, limit: 1 }))[0]?.id ?? '', verb: 'cancel' })
  await expect(one()).rejects.toMatchObject({ code: 'BUDGET_REACHED', data: { cap: 5, spent: 5 } })
  const nextMonth = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 2))
  await startProduction({
    ctx: own.context({ now: nextMonth }),
    kind: 'transcribe',
    asked: { source: link },
    files: [],
  })
})

test('a project is found by number, by a part of its title, and by its thread', async () => {
  const own = await bench.crew('Weekly')
  const ctx = own.context()
  const projectId = await waitingTranscript(bench, own)
  const find = (typed: string | undefined, threadProjectId?: string) => findProject({ ctx, typed, threadProjectId })
  expect((await find('#1')).id).toBe(projectId)
  expect((await find('week')).id).toBe(projectId)
  expect((await find(undefined, projectId)).id).toBe(projectId)
  await expect(find('99')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(find('weakly')).rejects.toMatchObject({ data: { near: 'Weekly' } })
  await expect(find(undefined)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await waitingTranscript(bench, own)
  await expect(find('week')).rejects.toMatchObject({ data: { matches: '#2 Weekly, #1 Weekly' } })
})

test('lists, inbox and queue tell what waits, for whom, and what failed', async () => {
  const own = await bench.crew()
  const ctx = own.context()
  const waiting = await waitingTranscript(bench, own)
  const broken = await failed(bench, own)
  await finished(bench, own)
  expect(await listProjects({ ctx, limit: 10 })).toMatchObject([
    { status: 'done' },
    { status: 'failed' },
    { status: 'waiting', waiting: 1 },
  ])
  expect(await listProjects({ ctx, limit: 10, status: 'waiting' })).toMatchObject([{ id: waiting }])
  expect(await listProjects({ ctx, limit: 10, search: '#2' })).toMatchObject([{ id: broken.projectId }])
  expect(await inbox(ctx)).toMatchObject({
    mine: [{ projectId: waiting, checkpoint: 'transcript', target: 'en' }],
    others: [],
    failed: [{ code: 'NO_TRANSCRIBER' }],
  })
  const colleague = own.context({ memberId: 'mbr_other', role: 'editor' })
  expect(await inbox(colleague)).toMatchObject({ mine: [], others: [{ projectId: waiting }], failed: [] })
  expect(await inbox(own.context({ memberId: 'mbr_other', role: 'viewer' }))).toMatchObject({ mine: [], others: [] })
  expect(await queue(ctx)).toMatchObject([{ projectId: waiting, status: 'waiting', asking: 1, running: [] }])
})

test('pause, resume and cancel say when they do not fit', async () => {
  const ctx = crew.context()
  const projectId = await waitingTranscript(bench, crew)
  const control = (verb: 'pause' | 'resume' | 'cancel') => controlRun({ ctx, projectId, verb })
  await expect(control('resume')).rejects.toMatchObject({ code: 'INVALID_INPUT', data: { status: 'waiting' } })
  await control('pause')
  await expect(control('pause')).rejects.toMatchObject({ data: { status: 'paused' } })
  await control('resume')
  await control('cancel')
  await expect(control('cancel')).rejects.toMatchObject({ data: { status: 'cancelled' } })
  await reopen({ ctx, projectId })
  expect((await loadProjectView({ db: crew.db, projectId })).run).toMatchObject({ ordinal: 2, status: 'waiting' })
})

test('a failed step is tried again as it was, in a language, or with one’s own transcript', async () => {
  const ctx = crew.context()
  const { projectId, stepId } = await failed(bench, crew)
  await expect(retryStep({ ctx, stepId, change: { from: 'klingonish' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  const broken = await upload('mine.srt', 'no times here')
  await expect(retryWithTranscript({ ctx, stepId, files: [broken] })).rejects.toMatchObject({ code: 'BAD_SUBTITLES' })
  await expect(retryWithTranscript({ ctx, stepId, files: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const file = await upload('mine.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello.\n')
  await retryWithTranscript({ ctx, stepId, files: [file], from: 'english' })
  expect(await crew.db.step.findUnique({ where: { id: stepId } })).toMatchObject({
    status: 'ready',
    overrides: { from: 'en', transcript: { id: file.id } },
  })
  expect(await crew.db.artifact.findUnique({ where: { id: file.id } })).toMatchObject({ projectId })
  await expect(retryStep({ ctx, stepId })).rejects.toMatchObject({ code: 'STALE' })
  await expect(retryProject({ ctx, projectId })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await play(bench, crew, projectId)
  expect((await failed(bench, crew)).stepId).not.toBe(stepId)
})

test('re-opening a finished project asks its last checkpoints again, all of them in one run', async () => {
  const ctx = crew.context()
  const { projectId } = await start({ source: link, to: 'es,fr', review: 'on' })
  await expect(reopen({ ctx, projectId })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  // cancelled before anything was made: it begins again
  await controlRun({ ctx, projectId, verb: 'cancel' })
  await reopen({ ctx, projectId })
  expect(await play(bench, crew, projectId)).toEqual(['download', 'probe', 'extract', 'transcribe'])
  const done = await finished(bench, crew, true)
  await reopen({ ctx, projectId: done })
  const view = await loadProjectView({ db: crew.db, projectId: done })
  expect(view.run).toMatchObject({ ordinal: 2, status: 'waiting' })
  expect(view.steps.filter((step) => step.status === 'waiting_person').map((step) => step.node)).toEqual(['final'])
})

test('an export holds every file once, under safe names, and replaces the one before', async () => {
  const ctx = crew.context()
  const projectId = await finished(bench, crew)
  await createArtifact(crew.db, {
    ...(await bench.storage.put(Buffer.from('escape'))),
    projectId,
    kind: 'report',
    mime: 'text/plain',
    name: '../../escape.txt',
  })
  const first = await exportProject({ ctx, projectId })
  const archive = await exportProject({ ctx, projectId })
  expect(await crew.db.artifact.count({ where: { projectId, kind: 'archive' } })).toBe(1)
  expect(archive.name).toMatch(/^dub-\d+\.zip$/)
  const file = await bench.storage.localPath(archive.sha256)
  const { stdout } = await run('python3', [
    '-c',
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print("\\n".join(z.namelist()))',
    file,
  ])
  const names = stdout.trim().split('\n')
  expect(names).toContain('project.json')
  expect(names).toContain('result.mp4')
  expect(names.some((name) => name.includes('..') && name.includes('/'))).toBe(false)
  expect(new Set(names).size).toBe(names.length)
  expect((await projectFiles({ ctx, projectId, all: false })).map((one) => one.kind)).toContain('archive')
  if (first.sha256 !== archive.sha256) expect(await bench.storage.stat(first.sha256)).toBeUndefined()
  expect((await buffer(await bench.storage.open(archive.sha256))).subarray(0, 2).toString()).toBe('PK')
})

test('a deleted project is gone with its bytes, but not those that somebody else needs; its number is not used again', async () => {
  const own = await bench.crew()
  const ctx = own.context()
  const projectId = await waitingTranscript(bench, own)
  const [shared, alone] = [
    await bench.storage.put(Buffer.from('shared by two')),
    await bench.storage.put(Buffer.from('of this one only')),
  ]
  for (const stored of [shared, alone])
    await createArtifact(own.db, { ...stored, projectId, kind: 'video', mime: 'video/mp4', name: 'v.mp4' })
  await createArtifact(crew.db, { ...shared, kind: 'upload', mime: 'video/mp4', name: 'same.mp4' })
  const expiresAt = new Date(Date.now() + 60_000)
  const kept = { ...own.scope, output: { said: 'The train leaves at seven.' }, expiresAt }
  await own.db.stepResult.createMany({
    data: [
      { ...kept, key: 'its own', projectId },
      { ...kept, key: 'taken over', projectId: 'prj_another' },
    ],
  })
  await own.db.thread.create({
    data: { id: newId('thr'), workspaceId: own.scope.workspaceId, roomId: own.roomId, projectId, title: '#1 · A talk' },
  })
  await deleteProject({ ctx, projectId })
  expect(await own.db.stepResult.findMany({ select: { key: true } })).toEqual([{ key: 'taken over' }])
  expect(await own.db.thread.findFirst({ where: { projectId }, select: { title: true } })).toEqual({ title: '#1' })
  expect(await bench.storage.stat(shared.sha256)).toBeDefined()
  expect(await bench.storage.stat(alone.sha256)).toBeUndefined()
  expect(
    await Promise.all([own.db.step.count(), own.db.run.count(), own.db.artifact.count(), own.db.revision.count()]),
  ).toEqual([0, 0, 0, 0])
  expect((await loadProjectView({ db: own.db, projectId })).project).toMatchObject({
    title: '',
    number: 1,
    deletedAt: expect.any(Date),
  })
  expect(await listProjects({ ctx, limit: 10 })).toEqual([])
  await expect(findProject({ ctx, typed: '1', threadProjectId: undefined })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(deleteProject({ ctx, projectId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await startProduction({ ctx, kind: 'transcribe', asked: { source: link }, files: [] })).number).toBe(2)
})
