import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clipTranscript, facts, loudness, pictureHash, spokenClip } from './clips.ts'
import { approve, click, fetchMedia, newest, openPost, PATIENCE_MS, postWith } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

let studio: TestStudio
let clip: string
let transcript: string
let thread: string

beforeAll(async () => {
  studio = await startTestStudio()
  clip = await spokenClip(studio.dir)
  transcript = path.join(studio.dir, 'mine.srt')
  await writeFile(transcript, clipTranscript())
}, PATIENCE_MS)
afterAll(() => studio.stop(), PATIENCE_MS)

test(
  'a message with a file and a transcript of its own opens a thread that asks about the transcript',
  async () => {
    thread = await studio.room.say('/dub to:pt-BR,es from:en', { files: [clip, transcript] })
    const ask = await openPost(studio.room, thread, 'transcript:en')
    expect(ask.card.tone).toBe('ask')
    expect(JSON.stringify(ask.card)).toContain('The morning train leaves at seven.')
    expect(ask.card.media?.some((media) => /^dub-1\.transcript\.en\.r1\.srt$/.test(media.name))).toBe(true)
    expect(ask.card.media?.some((media) => media.mime.startsWith('audio/') || media.mime.startsWith('video/'))).toBe(
      true,
    )
    await click(studio.room, ask, 'approve')
  },
  PATIENCE_MS,
)

test(
  'a translation is edited by file: the diff is shown, and applied',
  async () => {
    const ask = await openPost(studio.room, thread, 'translation:pt-BR')
    const file = await fetchMedia(studio.room, ask, '.srt', studio.dir)
    const before = await readFile(file, 'utf8')
    const lines = before.split('\n')
    const at = lines.findIndex((line) => line.includes('-->')) + 1
    lines[at] = 'O trem da manhã parte às sete.'
    await writeFile(file, lines.join('\n'))
    await studio.room.say('', { thread, files: [file] })
    const diff = await studio.room.watch(
      thread,
      (now) => now.posts.findLast((post) => post.card.buttons?.some((one) => one.verb === 'apply')),
      PATIENCE_MS,
    )
    expect(JSON.stringify(diff.card)).toContain('O trem da manhã parte às sete.')
    await click(studio.room, diff, 'apply')
    const edited = await studio.room.watch(
      thread,
      (now) => {
        const post = newest(now, 'translation:pt-BR')
        return JSON.stringify(post?.card).includes('O trem da manhã parte às sete.') ? post : undefined
      },
      PATIENCE_MS,
    )
    expect(edited.card.media?.some((media) => media.name.endsWith('.r2.srt'))).toBe(true)
  },
  PATIENCE_MS,
)

test(
  'a file of a revision that is no longer the newest is refused, and so is a broken one, saying where',
  async () => {
    const old = path.join(studio.dir, 'dub-1.translation.pt-BR.r1.srt')
    await writeFile(old, clipTranscript())
    await expect(studio.room.say('', { thread, files: [old] })).rejects.toThrow(/r2|newest|newer|revision/i)
    const broken = path.join(studio.dir, 'dub-1.translation.pt-BR.r2.srt')
    await writeFile(broken, '1\n00:00:05,000 --> 00:00:02,000\nbackwards\n')
    await expect(studio.room.say('', { thread, files: [broken] })).rejects.toThrow(/line 2/i)
  },
  PATIENCE_MS,
)

test(
  'one line is edited by form, and both translations are approved',
  async () => {
    const ask = await openPost(studio.room, thread, 'translation:es')
    expect(ask.card.form?.inputs.map((input) => input.name)).toEqual(expect.arrayContaining(['line', 'text']))
    await studio.room.act(ask.card.form?.token ?? '', { line: '3', text: 'Caminaremos junto al río.' })
    await studio.room.watch(
      thread,
      (now) => (JSON.stringify(newest(now, 'translation:es')?.card).includes('junto al río') ? true : undefined),
      PATIENCE_MS,
    )
    await approve(studio.room, thread, 'translation:es')
    await approve(studio.room, thread, 'translation:pt-BR')
  },
  PATIENCE_MS,
)

test(
  'a redo with another voice posts again under the same key, and the first post loses its buttons',
  async () => {
    const first = await openPost(studio.room, thread, 'final:es')
    const voice = first.card.select?.options.find((option) => option.value !== '')
    expect(voice).toBeDefined()
    await studio.room.act(first.card.select?.token ?? '', { value: voice?.value ?? '' })
    const second = await studio.room.watch(
      thread,
      (now) => {
        const posts = now.posts.filter((post) => post.key === 'final:es')
        const last = posts.at(-1)
        return posts.length === 2 && last?.card.buttons?.some((one) => one.verb === 'approve') ? last : undefined
      },
      PATIENCE_MS,
    )
    expect(second.id).not.toBe(first.id)
    const now = await studio.room.thread(thread)
    expect(now.posts.find((post) => post.id === first.id)?.card.buttons ?? []).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'approved finals become results: picture untouched, tracks and tags, loudness, no drift',
  async () => {
    const original = await pictureHash(clip)
    for (const [tag, iso] of [
      ['pt-BR', 'por'],
      ['es', 'spa'],
    ] as const) {
      await approve(studio.room, thread, `final:${tag}`)
      const result = await postWith(studio.room, thread, `result:${tag}`, 'done')
      const file = await fetchMedia(studio.room, result, '.mp4', studio.dir)
      expect(await pictureHash(file)).toBe(original)
      const probe = await facts(file)
      const audio = probe.streams.filter((stream) => stream.codec_type === 'audio')
      expect(audio.map((stream) => stream.tags?.['language'])).toEqual([iso, 'eng'])
      expect(audio.map((stream) => stream.disposition['default'])).toEqual([1, 0])
      expect(audio[0]).toMatchObject({ sample_rate: '48000', channels: 2 })
      expect(probe.streams.find((stream) => stream.codec_type === 'subtitle')?.tags?.['language']).toBe(iso)
      expect(Math.abs(Number(audio[0]?.duration) - 13)).toBeLessThanOrEqual(1 / 25)
      const level = await loudness(file)
      expect(Math.abs(level.integrated + 14)).toBeLessThanOrEqual(1)
      expect(level.truePeak).toBeLessThanOrEqual(-0.9)
      const subtitles = await readFile(await fetchMedia(studio.room, result, '.srt', studio.dir), 'utf8')
      expect(subtitles).toContain(tag === 'es' ? 'junto al río' : 'O trem da manhã parte às sete.')
      expect(result.card.media?.some((media) => media.name.endsWith('.vtt'))).toBe(true)
      expect(result.card.media?.some((media) => media.name.endsWith('.csv'))).toBe(true)
    }
    await postWith(studio.room, thread, 'status', 'done')
  },
  PATIENCE_MS,
)

test(
  'a second dub of the same source repeats no extraction and no recognition',
  async () => {
    const again = await studio.room.say('/dub to:es from:en', { files: [clip, transcript] })
    await approve(studio.room, again, 'transcript:en')
    await openPost(studio.room, again, 'translation:es')
    const lobby = await studio.room.say('/project show 2')
    const shown = await studio.room.thread(lobby)
    expect(JSON.stringify(shown.posts.at(-1)?.card)).toMatch(/reused|again/i)
  },
  PATIENCE_MS,
)
