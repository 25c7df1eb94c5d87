import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clipTranscript, facts, spokenClip } from './clips.ts'
import { approve, fetchMedia, PATIENCE_MS, postWith } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

const exec = promisify(execFile)
let studio: TestStudio
let clip: string
let transcript: string
let site: Server
let siteUrl: string

beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.url !== '/talk.mp4') return void response.writeHead(404).end()
    void stat(clip).then(({ size }) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size })
      createReadStream(clip).pipe(response)
    })
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const { port } = site.address() as AddressInfo
  siteUrl = `http://127.0.0.1:${port}`
  studio = await startTestStudio({ env: { ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}` } })
  clip = await spokenClip(studio.dir)
  transcript = path.join(studio.dir, 'mine.srt')
  await writeFile(transcript, clipTranscript())
}, PATIENCE_MS)
afterAll(async () => {
  await studio.stop()
  site.closeAllConnections()
  site.close()
}, PATIENCE_MS)

test(
  '/transcribe a link: recognised offline, reviewed, delivered as json, txt, srt and vtt',
  async () => {
    const thread = await studio.room.say(`/transcribe ${siteUrl}/talk.mp4 from:en`)
    await approve(studio.room, thread, 'transcript:en')
    const result = await postWith(studio.room, thread, 'result:en', 'done')
    const names = result.card.media?.map((media) => path.extname(media.name)) ?? []
    expect(names).toEqual(expect.arrayContaining(['.json', '.txt', '.srt', '.vtt']))
    const srt = await readFile(await fetchMedia(studio.room, result, '.srt', studio.dir), 'utf8')
    expect(srt).toMatch(/train|river|coat|walk/i)
    expect(JSON.stringify(result.card)).toMatch(/draft/i)
  },
  PATIENCE_MS,
)

test(
  '/subtitles: translated captions without a voice, as srt, vtt and ass',
  async () => {
    const thread = await studio.room.say('/subtitles to:es from:en', { files: [clip, transcript] })
    await approve(studio.room, thread, 'transcript:en')
    await approve(studio.room, thread, 'translation:es')
    const result = await postWith(studio.room, thread, 'result:es', 'done')
    const names = result.card.media?.map((media) => path.extname(media.name)) ?? []
    expect(names).toEqual(expect.arrayContaining(['.srt', '.vtt', '.ass']))
    const vtt = await readFile(await fetchMedia(studio.room, result, '.vtt', studio.dir), 'utf8')
    expect(vtt.startsWith('WEBVTT')).toBe(true)
  },
  PATIENCE_MS,
)

test(
  'a sound file is dubbed into a sound file',
  async () => {
    const sound = path.join(studio.dir, 'talk.mp3')
    await exec('ffmpeg', ['-v', 'error', '-y', '-i', clip, '-vn', '-c:a', 'libmp3lame', sound])
    const thread = await studio.room.say('/dub to:es from:en bed:duck', { files: [sound, transcript] })
    for (const key of ['transcript:en', 'translation:es', 'final:es']) await approve(studio.room, thread, key)
    const result = await postWith(studio.room, thread, 'result:es', 'done')
    const audio = result.card.media?.find((media) => media.mime.startsWith('audio/'))
    const probe = await facts(await fetchMedia(studio.room, result, path.extname(audio?.name ?? ''), studio.dir))
    expect(probe.streams.some((stream) => stream.codec_type === 'video')).toBe(false)
    expect(Math.abs(Number(probe.format.duration) - 13)).toBeLessThan(0.2)
  },
  PATIENCE_MS,
)

test(
  'review off: nothing asks, the result is there',
  async () => {
    await studio.room.say('/settings review all off')
    const thread = await studio.room.say(`/dub ${siteUrl}/talk.mp4 to:es from:en bed:drop`, { files: [transcript] })
    await postWith(studio.room, thread, 'result:es', 'done')
    await studio.room.say('/settings review all on')
  },
  PATIENCE_MS,
)

test(
  'a bare link and a bare file are offered what can be done with them, and a click starts it',
  async () => {
    const lobby = await studio.room.say(`${siteUrl}/talk.mp4`)
    const offer = (await studio.room.thread(lobby)).posts.at(-1)
    const verbs = offer?.card.buttons?.map((button) => button.verb) ?? []
    expect([...verbs, offer?.card.select?.verb, offer?.card.form?.verb]).toEqual(
      expect.arrayContaining(['dub', 'transcribe', 'subtitles']),
    )
    const before = (await studio.room.threads()).length
    await studio.room.act(offer?.card.buttons?.find((button) => button.verb === 'transcribe')?.token ?? '')
    await expect.poll(async () => (await studio.room.threads()).length, { timeout: 20_000 }).toBe(before + 1)
  },
  PATIENCE_MS,
)

test(
  'a project is found again, exported as one archive, and deleted for good',
  async () => {
    const lobby = await studio.room.say('/project list')
    expect(JSON.stringify((await studio.room.thread(lobby)).posts.at(-1)?.card)).toMatch(/#1/)
    const files = await studio.room.say('/project files 2')
    expect(JSON.stringify((await studio.room.thread(files)).posts.at(-1)?.card)).toMatch(/\.vtt/)
    const exported = await studio.room.say('/project export 2')
    const archive = await studio.room.watch(
      exported,
      (now) => now.posts.flatMap((post) => post.card.media ?? []).findLast((media) => media.name.endsWith('.zip')),
      PATIENCE_MS,
    )
    expect((await studio.room.download(archive.url)).subarray(0, 2).toString()).toBe('PK')
    const asked = await studio.room.say('/project delete 2')
    const confirm = (await studio.room.thread(asked)).posts
      .at(-1)
      ?.card.buttons?.find((button) => ['confirm', 'delete'].includes(button.verb))
    await studio.room.act(confirm?.token ?? '')
    await expect(studio.room.say('/project show 2')).rejects.toThrow()
  },
  PATIENCE_MS,
)
