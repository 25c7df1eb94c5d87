import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { WEB_CAPS } from '#bot/fit.ts'
import type { OutgoingPost, Surface } from '#bot/surface.ts'
import { createKeeper, type Keeper } from '#bot/thread/keeper.ts'
import { newId } from '#core/ids.ts'
import { silentLog } from '#core/log.ts'
import { listProjects } from '#prisma/queries/projects.ts'
import { loadProjectView } from '#services/project-view.ts'
import { buildReviewedProject, type ReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

/** A chat platform in memory that really keeps messages, and can die on the way. */
interface Platform extends Surface {
  readonly messages: Map<string, { nonce: string; key: string; edits: number; post: OutgoingPost }>
  /** dies after the platform took the next message, before anybody hears of it */
  dieAfterSend: boolean
  refuse: { retryAfterMs: number } | undefined
}

function createPlatform(): Platform {
  const messages: Platform['messages'] = new Map()
  return {
    id: 'discord',
    caps: { ...WEB_CAPS, text: 200 },
    editGapMs: 5,
    messages,
    dieAfterSend: false,
    refuse: undefined,
    openThread: ({ threadId }) => Promise.resolve(`ext_${threadId}`),
    async send(_thread, post) {
      const id = newId('msg')
      messages.set(id, { nonce: post.nonce, key: post.key, edits: 0, post })
      if (this.dieAfterSend) {
        this.dieAfterSend = false
        throw new Error('the process died here')
      }
      return id
    },
    async edit(_thread, id, post) {
      const message = messages.get(id)
      if (!message) throw new Error(`no message ${id}`)
      messages.set(id, { ...message, edits: message.edits + 1, post })
    },
    find: async (_thread, nonce) => [...messages].find(([, message]) => message.nonce === nonce)?.[0],
    close: () => Promise.resolve(),
  }
}

let room: TestRoom
let platform: Platform
let keeper: Keeper
let project: ReviewedProject

beforeAll(async () => {
  room = await startTestRoom()
})
afterAll(() => room.stop())

beforeEach(async () => {
  project = await buildReviewedProject(room)
  // the same project in a room of another platform
  const { workspaceId } = room.db.scope
  const roomId = newId('rom')
  await room.db.room.create({ data: { id: roomId, workspaceId, surface: 'discord', externalId: roomId } })
  await room.db.thread.create({
    data: { id: newId('thr'), workspaceId, roomId, projectId: project.projectId, title: 'talk' },
  })
  platform = createPlatform()
  keeper = keep()
})

function keep(): Keeper {
  return createKeeper({
    surfaces: [platform],
    log: silentLog,
    load: async (projectId) => ({ db: room.db, view: await loadProjectView({ db: room.db, projectId }) }),
    live: async () => [project.projectId],
  })
}

async function downloaded(title: string): Promise<void> {
  const { projectId, runId } = project
  const done = { kind: 'stage', stage: 'download', resource: 'io', status: 'done', output: { title } }
  await room.db.step.create({
    data: { ...room.db.scope, ...done, id: newId('stp'), projectId, runId, node: 'download' },
  })
}

const keys = () => [...platform.messages.values()].map((message) => message.key)

test('posts what is missing, once, and edits nothing that is the same', async () => {
  await keeper.now(project.projectId)
  await Promise.all([keeper.now(project.projectId), keeper.now(project.projectId)])
  expect(keys()).toEqual(['status', 'transcript:en'])
  expect([...platform.messages.values()].map((message) => message.edits)).toEqual([0, 0])
  await keeper.close()
})

test('what the source calls itself is the name of the project and its threads, found by a search', async () => {
  const { projectId } = project
  await downloaded('A talk')
  await keeper.now(project.projectId)
  await keeper.close()
  const [found] = await listProjects(room.db, { search: 'a talk', limit: 1 })
  expect(found).toMatchObject({ id: projectId, title: 'A talk' })
  const threads = await room.db.thread.findMany({ where: { projectId } })
  expect(new Set(threads.map(({ title }) => title))).toEqual(new Set([`#${found?.number} · A talk`]))
})

test('what a person calls it stays', async () => {
  const { request } = await room.db.project.findFirstOrThrow({ where: { id: project.projectId } })
  await downloaded('A talk')
  const called = { title: 'Ours', request: { ...(request as object), title: 'Ours' } }
  await room.db.project.update({ where: { id: project.projectId }, data: called })
  await keeper.now(project.projectId)
  await keeper.close()
  expect(await room.db.project.findFirst({ where: { id: project.projectId } })).toMatchObject({ title: 'Ours' })
})

test('a bot that died after the platform took a post finds it again: exactly one', async () => {
  platform.dieAfterSend = true
  await keeper.now(project.projectId)
  await keeper.close()
  keeper = keep()
  await keeper.sweep()
  await keeper.idle()
  expect(keys()).toEqual(['status', 'transcript:en'])
  await keeper.close()
})

test('a bot that was away catches up with all of it, and retires what is over', async () => {
  await keeper.now(project.projectId)
  await keeper.close()
  const step = await room.db.step.findFirstOrThrow({ where: { runId: project.runId, node: 'transcript' } })
  await room.engine.approve({
    scope: room.db.scope,
    stepId: step.id,
    revision: 1,
    memberId: room.ownerId,
    output: step.subject,
  })
  keeper = keep()
  await keeper.sweep()
  await keeper.idle()
  expect(keys()).toEqual(['status', 'transcript:en', 'translation:pt-BR', 'translation:es'])
  const transcript = [...platform.messages.values()].find((message) => message.key === 'transcript:en')
  expect(transcript?.post.card).toMatchObject({ tone: 'done', text: expect.stringContaining('Owner') })
  expect(transcript?.post.card.buttons).toBeUndefined()
  await keeper.close()
})

test('a redo posts again, and only the newest has buttons', async () => {
  await keeper.now(project.projectId)
  await room.engine.redo({
    scope: room.db.scope,
    runId: project.runId,
    node: 'transcript',
    fanKey: '',
    memberId: room.ownerId,
  })
  await keeper.now(project.projectId)
  const transcripts = [...platform.messages.values()].filter((message) => message.key === 'transcript:en')
  expect(transcripts.map((message) => message.post.card.buttons?.length ?? 0)).toEqual([0, 2])
  await keeper.close()
})

test('the same intent keeps its token, whatever else changes', async () => {
  await keeper.now(project.projectId)
  const approve = () =>
    [...platform.messages.values()]
      .find((message) => message.key === 'transcript:en')
      ?.post.card.buttons?.find((button) => button.verb === 'approve')?.token
  const before = approve()
  await room.db.project.update({ where: { id: project.projectId }, data: { title: 'Another title' } })
  await keeper.now(project.projectId)
  expect([...platform.messages.values()].find((message) => message.key === 'status')?.post.card.title).toContain(
    'Another title',
  )
  expect(approve()).toBe(before)
  expect(before).toMatch(/^a:[0-9A-Za-z]{12}$/)
  await keeper.close()
})

test('a card is cut to what the platform can show', async () => {
  await keeper.now(project.projectId)
  for (const { post } of platform.messages.values()) expect(post.card.text?.length ?? 0).toBeLessThanOrEqual(200)
  await keeper.close()
})
