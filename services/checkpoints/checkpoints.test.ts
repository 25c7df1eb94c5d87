import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ArtifactRef } from '#domain/artifact.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '#services/context.ts'
import { startProduction } from '#services/projects/start-production.ts'
import { loadProjectView } from '#services/project-view.ts'
import { playSteps, CUES } from '#test/builders/play-steps.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { approve } from './approve.ts'
import { decideRevision } from './decide-revision.ts'
import { editFile } from './edit-file.ts'
import { editLine } from './edit-line.ts'
import { openCheckpoints } from './open-checkpoints.ts'
import { redo } from './redo.ts'
import { reject } from './reject.ts'

let db: TestDatabase
let bench: Bench
let crew: Crew
let ctx: ServiceContext

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
  ctx = crew.context()
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

async function newDub(to = 'es'): Promise<string> {
  const { projectId } = await startProduction({
    ctx,
    kind: 'dub',
    asked: { source: 'https://example.com/talk.mp4', to },
    files: [],
  })
  await play(projectId)
  return projectId
}

const play = (projectId: string) => playSteps({ db: crew.db, engine: bench.engine, storage: bench.storage }, projectId)

async function open(projectId: string, checkpoint: string) {
  const found = (await openCheckpoints({ ctx, projectId })).find((one) => one.checkpoint === checkpoint)
  if (found === undefined) throw new Error(`${checkpoint} does not wait`)
  return found
}

async function approveOpen(projectId: string, checkpoint: string): Promise<string[]> {
  const { stepId, revision } = await open(projectId, checkpoint)
  await approve({ ctx, stepId, revision })
  return play(projectId)
}

async function upload(name: string, content: string): Promise<ArtifactRef> {
  const stored = await bench.storage.put(Buffer.from(content))
  return createArtifact(crew.db, { ...stored, kind: 'upload', mime: 'application/x-subrip', name })
}

async function checkpointView(projectId: string, node: string) {
  const view = await loadProjectView({ db: crew.db, projectId })
  return { view, step: view.steps.findLast((step) => step.node === node) }
}

function translated(change: (text: string, index: number) => string): string {
  return formatSrt(CUES.map((cue, index) => ({ ...cue, text: change(`es: ${cue.text}`, index) })))
}

test('a dub goes from checkpoint to checkpoint to its result', async () => {
  const projectId = await newDub()
  expect(await approveOpen(projectId, 'transcript')).toEqual(['translate:es'])
  expect(await approveOpen(projectId, 'translation')).toEqual(['voice:es', 'fit:es', 'mix:es', 'mux:es'])
  expect(await approveOpen(projectId, 'final')).toEqual(['finish:es'])
  const { view } = await checkpointView(projectId, 'final')
  expect(view.run?.status).toBe('done')
  expect(view.project.title).toBe('A talk')
  expect(view.steps.find((step) => step.stage === 'finish')?.result?.target).toBe('es')
})

test('an approval that comes second is told who was first, and one of an old revision is stale', async () => {
  const projectId = await newDub()
  const { stepId, revision } = await open(projectId, 'transcript')
  await editLine({ ctx, stepId, revision, line: 1, text: 'The train leaves at eight.' })
  await expect(approve({ ctx, stepId, revision })).rejects.toMatchObject({ code: 'STALE' })
  await approve({ ctx, stepId, revision: revision + 1 })
  await expect(approve({ ctx, stepId, revision: revision + 1 })).rejects.toMatchObject({
    code: 'ALREADY_DECIDED',
    data: { by: 'crew-member' },
  })
})

test('an edited line is what is approved and passed on', async () => {
  const projectId = await newDub()
  const { stepId, revision } = await open(projectId, 'transcript')
  await editLine({ ctx, stepId, revision, line: 2, text: '  Take a coat. ' })
  const { step } = await checkpointView(projectId, 'transcript')
  expect(step?.checkpoint).toMatchObject({
    revision: 2,
    editName: expect.stringMatching(/^dub-\d+\.transcript\.en\.r2\.srt$/),
  })
  expect(step?.checkpoint?.review?.firstLines[1]?.text).toBe('Take a coat.')
  const file = step?.checkpoint?.review?.subtitles
  expect(await text(await bench.storage.open(file?.sha256 ?? ''))).toContain('Take a coat.')
  await approveOpen(projectId, 'transcript')
  const approved = await checkpointView(projectId, 'transcript')
  expect((approved.step?.output as { cues: ArtifactRef } | undefined)?.cues.id).toBe(step?.checkpoint?.review?.cues?.id)
})

test('of two people who edit the same revision, the second is told so and nothing of theirs is mixed in', async () => {
  const projectId = await newDub()
  const { stepId, revision } = await open(projectId, 'transcript')
  const edits = await Promise.allSettled([
    editLine({ ctx, stepId, revision, line: 1, text: 'First.' }),
    editLine({ ctx, stepId, revision, line: 1, text: 'Second.' }),
  ])
  expect(edits.filter((edit) => edit.status === 'fulfilled')).toHaveLength(1)
  expect(edits.find((edit) => edit.status === 'rejected')?.reason).toMatchObject({ code: 'STALE' })
  const { step } = await checkpointView(projectId, 'transcript')
  expect(step?.checkpoint?.revision).toBe(2)
  expect(await crew.db.revision.count({ where: { stepId, status: 'applied' } })).toBe(1)
})

test('a file finds its checkpoint by name, shows a diff, and counts when it is applied', async () => {
  const projectId = await newDub()
  await approveOpen(projectId, 'transcript')
  const before = await checkpointView(projectId, 'translation')
  const name = before.step?.checkpoint?.editName ?? ''
  const file = await upload(
    name.replace('.srt', ' (1).srt'),
    translated((line, index) => (index === 2 ? 'Caminamos junto al río.' : line)),
  )
  const edit = await editFile({ ctx, file })
  expect(edit).toMatchObject({ kind: 'proposed', projectId })
  const { view } = await checkpointView(projectId, 'translation')
  expect(view.pending).toMatchObject([
    { checkpoint: 'translation', target: 'es', number: 2, changes: [{ kind: 'changed', line: 3 }] },
  ])
  const revisionId = view.pending[0]?.id ?? ''
  await decideRevision({ ctx, revisionId, decision: 'apply' })
  const after = await checkpointView(projectId, 'translation')
  expect(after.view.pending).toEqual([])
  expect(after.step?.checkpoint?.editName).toBe(name.replace('r1', 'r2'))
  expect(after.step?.checkpoint?.review?.firstLines[2]).toMatchObject({
    text: 'Caminamos junto al río.',
    source: CUES[2]?.text,
  })
  await expect(decideRevision({ ctx, revisionId, decision: 'discard' })).rejects.toMatchObject({
    code: 'ALREADY_DECIDED',
    data: { by: (await crew.db.member.findFirstOrThrow()).name, memberId: crew.memberId, decision: 'applied' },
  })
  await expect(editFile({ ctx, file })).rejects.toMatchObject({ code: 'STALE', data: { given: 1, newest: 2 } })
})

test('a discarded edit changes nothing', async () => {
  const projectId = await newDub()
  const file = await upload(
    (await checkpointView(projectId, 'transcript')).step?.checkpoint?.editName ?? '',
    formatSrt([...CUES].slice(0, 2)),
  )
  await editFile({ ctx, file })
  const { view } = await checkpointView(projectId, 'transcript')
  expect(view.pending[0]?.changes).toMatchObject([{ kind: 'removed', line: 3 }])
  await decideRevision({ ctx, revisionId: view.pending[0]?.id ?? '', decision: 'discard' })
  const { step } = await checkpointView(projectId, 'transcript')
  expect(step?.checkpoint).toMatchObject({ revision: 1, review: { lines: 3 } })
})

test('an unnamed file belongs to the only open checkpoint, else it is asked; a broken one says where', async () => {
  const projectId = await newDub('es,fr')
  const broken = await upload('mine.srt', '1\n00:00:05,000 --> 00:00:02,000\nbackwards\n')
  await expect(editFile({ ctx, file: broken, projectId })).rejects.toMatchObject({
    code: 'BAD_SUBTITLES',
    data: { line: 2 },
  })
  const unchanged = await upload('mine.srt', formatSrt(CUES))
  await expect(editFile({ ctx, file: unchanged, projectId })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await approveOpen(projectId, 'transcript')
  const asked = await editFile({ ctx, file: unchanged, projectId })
  expect(asked.kind === 'ask' && asked.open.map((one) => one.target).toSorted()).toEqual(['es', 'fr'])
  const chosen = (await openCheckpoints({ ctx, projectId })).find((one) => one.target === 'fr')
  expect(await editFile({ ctx, file: unchanged, stepId: chosen?.stepId })).toMatchObject({
    kind: 'proposed',
    projectId,
  })
})

test('an edit at the final check opens the translation again with it, and only voice and what follows is redone', async () => {
  const projectId = await newDub()
  await approveOpen(projectId, 'transcript')
  await approveOpen(projectId, 'translation')
  const { stepId, revision } = await open(projectId, 'final')
  await editLine({ ctx, stepId, revision, line: 1, text: 'El tren sale a las siete.' })
  expect(await play(projectId)).toEqual(['voice:es', 'fit:es', 'mix:es', 'mux:es'])
  const { step } = await checkpointView(projectId, 'translation')
  expect(step).toMatchObject({ generation: 2, status: 'done', checkpoint: { decision: 'approved' } })
  expect(step?.checkpoint?.review?.firstLines[0]?.text).toBe('El tren sale a las siete.')
  await expect(editLine({ ctx, stepId, revision: revision + 1, line: 1, text: 'Otra.' })).rejects.toMatchObject({
    code: 'STALE',
  })
  await approveOpen(projectId, 'final')
})

test('an edit after the end opens the project again, and its files count on', async () => {
  const projectId = await newDub()
  for (const checkpoint of ['transcript', 'translation', 'final']) await approveOpen(projectId, checkpoint)
  const done = await checkpointView(projectId, 'final')
  expect(done.view.run).toMatchObject({ ordinal: 1, status: 'done' })
  await editLine({
    ctx,
    stepId: done.step?.id ?? '',
    revision: done.step?.checkpoint?.revision ?? 0,
    line: 3,
    text: 'Junto al río.',
  })
  expect(await play(projectId)).toEqual(['voice:es', 'fit:es', 'mix:es', 'mux:es'])
  const again = await checkpointView(projectId, 'final')
  expect(again.view.run).toMatchObject({ ordinal: 2, status: 'waiting' })
  expect(again.step?.checkpoint?.editName).not.toBe(done.step?.checkpoint?.editName)
  const old = {
    ctx,
    stepId: done.step?.id ?? '',
    revision: (done.step?.checkpoint?.revision ?? 0) + 1,
    line: 1,
    text: 'Tarde.',
  }
  await expect(editLine(old)).rejects.toMatchObject({ code: 'STALE' })
})

test('redo of a transcript by a named recogniser leaves one’s own file aside', async () => {
  const projectId = await newDub()
  const { stepId, revision } = await open(projectId, 'transcript')
  await redo({ ctx, stepId, revision, choice: 'provider:pocketsphinx' })
  const [step] = await crew.db.step.findMany({ where: { projectId, node: 'transcribe', generation: 2 } })
  expect(step?.overrides).toEqual({ provider: 'pocketsphinx', transcript: null })
})

test('redo makes the step again with another provider; reject ends one branch', async () => {
  const projectId = await newDub('es,fr')
  await approveOpen(projectId, 'transcript')
  const es = (await openCheckpoints({ ctx, projectId })).find((one) => one.target === 'es')
  const fr = (await openCheckpoints({ ctx, projectId })).find((one) => one.target === 'fr')
  await expect(redo({ ctx, stepId: es?.stepId ?? '', revision: 1, choice: 'nonsense;' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await redo({ ctx, stepId: es?.stepId ?? '', revision: 1, choice: 'provider:apertium' })
  const [step] = await crew.db.step.findMany({ where: { projectId, node: 'translate', fanKey: 'es', generation: 2 } })
  expect(step).toMatchObject({ status: 'ready', overrides: { provider: 'apertium' } })
  await expect(redo({ ctx, stepId: es?.stepId ?? '', revision: 1 })).rejects.toMatchObject({ code: 'STALE' })
  await reject({ ctx, stepId: fr?.stepId ?? '', revision: 1 })
  await play(projectId)
  await approveOpen(projectId, 'translation')
  await approveOpen(projectId, 'final')
  const { view } = await checkpointView(projectId, 'final')
  expect(view.steps.filter((one) => one.result !== undefined).map((one) => one.fanKey)).toEqual(['es'])
})
