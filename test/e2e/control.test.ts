import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoomRefusal } from '#scripts/room-client.ts'
import { clipTranscript, spokenClip } from './clips.ts'
import { approve, button, click, newest, openPost, PATIENCE_MS, postWith } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

let studio: TestStudio
let files: string[]

beforeAll(async () => {
  studio = await startTestStudio()
  const transcript = path.join(studio.dir, 'mine.srt')
  await writeFile(transcript, clipTranscript())
  files = [await spokenClip(studio.dir), transcript]
}, PATIENCE_MS)
afterAll(() => studio.stop(), PATIENCE_MS)

test(
  'a rejected language ends alone: the other one is finished',
  async () => {
    const thread = await studio.room.say('/dub to:pt-BR,es from:en', { files })
    await approve(studio.room, thread, 'transcript:en')
    await click(studio.room, await openPost(studio.room, thread, 'translation:pt-BR'), 'reject')
    await approve(studio.room, thread, 'translation:es')
    await approve(studio.room, thread, 'final:es')
    await postWith(studio.room, thread, 'result:es', 'done')
    const now = await studio.room.thread(thread)
    expect(newest(now, 'final:pt-BR')).toBeUndefined()
    expect(newest(now, 'result:pt-BR')).toBeUndefined()
  },
  PATIENCE_MS,
)

test(
  'two approvers race: one has effect, the other is told who decided',
  async () => {
    const thread = await studio.room.say('/dub to:es from:en', { files })
    const token = button(await openPost(studio.room, thread, 'transcript:en'), 'approve') ?? ''
    const outcomes = await Promise.allSettled([studio.room.act(token), studio.room.act(token)])
    const refused = outcomes.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    const reason: unknown = refused[0]?.reason
    expect(reason).toBeInstanceOf(RoomRefusal)
    expect((reason as RoomRefusal).status).toBe(409)
    await openPost(studio.room, thread, 'translation:es')
  },
  PATIENCE_MS,
)

test(
  'pause holds the work back, resume goes on, cancel ends it',
  async () => {
    const thread = await studio.room.say('/dub to:es from:en', { files })
    const ask = await openPost(studio.room, thread, 'transcript:en')
    await click(studio.room, await openPost(studio.room, thread, 'status', 'pause'), 'pause')
    const paused = await openPost(studio.room, thread, 'status', 'resume')
    await click(studio.room, ask, 'approve').catch(() => undefined)
    // another project gets as far as this one would have: the workers are there, and leave this one alone
    const other = await studio.room.say('/dub to:pt-BR from:en', { files })
    await approve(studio.room, other, 'transcript:en')
    await openPost(studio.room, other, 'translation:pt-BR')
    expect(newest(await studio.room.thread(thread), 'translation:es')).toBeUndefined()
    await click(studio.room, paused, 'resume')
    await openPost(studio.room, thread, 'translation:es')
    await click(studio.room, await openPost(studio.room, thread, 'status', 'cancel'), 'cancel')
    const ended = await studio.room.watch(
      thread,
      (now) => {
        const status = newest(now, 'status')
        return button(status, 'cancel') === undefined && button(newest(now, 'translation:es'), 'approve') === undefined
          ? status
          : undefined
      },
      PATIENCE_MS,
    )
    expect(ended.card.tone).not.toBe('working')
  },
  PATIENCE_MS,
)

test(
  'offline and in another language: a card offers to bring a transcript, and the work goes on with it',
  async () => {
    const thread = await studio.room.say('/dub to:es from:pt-BR', { files: [files[0] ?? ''] })
    const error = await postWith(studio.room, thread, 'error:transcribe', 'failed')
    expect(error.card.buttons?.map((one) => one.verb)).toEqual(expect.arrayContaining(['cancel']))
    const srt = path.join(studio.dir, 'brought.srt')
    await writeFile(srt, '1\n00:00:00,500 --> 00:00:02,700\nO trem parte às sete.\n')
    await studio.room.say('', { thread, files: [srt] })
    const ask = await openPost(studio.room, thread, 'transcript:pt-BR')
    expect(JSON.stringify(ask.card)).toContain('O trem parte às sete.')
  },
  PATIENCE_MS,
)

test(
  'edited after it is done: one line is voiced again and a new final asks',
  async () => {
    const thread = await studio.room.say('/dub to:es from:en', { files })
    for (const key of ['transcript:en', 'translation:es', 'final:es']) await approve(studio.room, thread, key)
    const done = await postWith(studio.room, thread, 'result:es', 'done')
    expect(done.card.form?.inputs.map((input) => input.name)).toEqual(expect.arrayContaining(['line', 'text']))
    await studio.room.act(done.card.form?.token ?? '', { line: '1', text: 'El tren sale a las siete.' })
    await studio.room.watch(
      thread,
      (now) => {
        const finals = now.posts.filter((post) => post.key === 'final:es')
        return finals.length === 2 && button(finals.at(-1), 'approve') !== undefined ? finals.at(-1) : undefined
      },
      PATIENCE_MS,
    )
    await approve(studio.room, thread, 'final:es')
    await studio.room.watch(
      thread,
      (now) => {
        const results = now.posts.filter((post) => post.key === 'result:es')
        return results.length === 2 && results.at(-1)?.card.tone === 'done' ? true : undefined
      },
      PATIENCE_MS,
    )
  },
  PATIENCE_MS * 2,
)
