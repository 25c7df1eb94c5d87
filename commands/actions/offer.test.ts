import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Action } from '#commands/define.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Reply } from '#domain/card.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import { loadProjectView } from '#services/project-view.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { offerDub } from './offer-dub.ts'
import { offerTranscribe } from './offer-transcribe.ts'

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

async function upload(name: string): Promise<ArtifactRef> {
  const stored = await bench.storage.put(Buffer.from(name))
  return createArtifact(crew.db, { ...stored, kind: 'upload', mime: 'application/octet-stream', name })
}

function click(action: Action, payload: unknown, values: Record<string, string> = {}): Promise<Reply | undefined> {
  return action.run(
    { target: 'offer', version: 1, payload, values: action.input.parse(values), files: [] },
    crew.command(),
  )
}

async function targets(reply: Reply | undefined): Promise<readonly string[]> {
  if (reply?.kind !== 'thread') throw new Error('no thread')
  return (await loadProjectView({ db: crew.db, projectId: reply.projectId })).project.targets
}

test('a link is dubbed into what was chosen or typed, and asked for where nothing tells', async () => {
  const payload = { source: { url: 'https://example.com/talk.mp4' } }
  const asked = await click(offerDub, payload)
  if (asked?.kind !== 'card') throw new Error('it did not ask')
  const { select, form } = asked.card
  expect(select?.options.length).toBe(25)
  expect(select?.intent).toMatchObject({ action: 'offer.dub', verb: 'choose', oneShot: true, payload })
  expect(form?.inputs).toMatchObject([{ name: 'to', required: true }])
  expect(await targets(await click(offerDub, select?.intent.payload, { value: 'fr' }))).toEqual(['fr'])
  expect(await targets(await click(offerDub, form?.intent.payload, { to: 'Spanish, pt-BR' }))).toEqual(['es', 'pt-BR'])
  await expect(click(offerDub, payload, { to: 'spanich' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await writeSetting({ ctx: crew.context(), key: 'targets', value: ['de'] })
  expect(await targets(await click(offerDub, payload))).toEqual(['de'])
})

test('a file with its transcript is transcribed without a question; one that was cleaned up is said so', async () => {
  const [artifact, transcript] = [await upload('talk.mp4'), await upload('talk.srt')]
  const reply = await click(offerTranscribe, { source: { artifact }, transcript })
  expect(await targets(reply)).toEqual([])
  const gone = await upload('gone.mp4')
  await crew.db.artifact.deleteMany({ where: { id: gone.id } })
  await expect(click(offerTranscribe, { source: { artifact: gone } })).rejects.toMatchObject({ code: 'STALE' })
  await expect(click(offerTranscribe, {})).rejects.toMatchObject({ code: 'STALE' })
})
