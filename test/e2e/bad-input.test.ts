import { execFile } from 'node:child_process'
import { copyFile, open, readFile, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoomRefusal } from '#scripts/room-client.ts'
import { clipTranscript, spokenClip } from './clips.ts'
import { newest, PATIENCE_MS } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

const exec = promisify(execFile)
let studio: TestStudio
let clip: string
let site: Server
let siteUrl: string

beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.url === '/page')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Hello</title><p>No video here.')
    if (request.url === '/inner')
      return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
    // it says how much would come: nobody has to wait for it
    if (request.url === '/huge.mp4') {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 5_000_000_000 }).flushHeaders()
      return
    }
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const port = (site.address() as AddressInfo).port
  siteUrl = `http://127.0.0.1:${port}`
  studio = await startTestStudio({ env: { ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}` } })
  clip = await spokenClip(studio.dir)
}, PATIENCE_MS)
afterAll(async () => {
  await studio.stop()
  site.closeAllConnections()
  site.close()
}, PATIENCE_MS)

/** What the room says to a dub of this: the words of the refusal, or of the error post in the thread. */
async function complaint(text: string, files: readonly string[] = []): Promise<string> {
  try {
    const thread = await studio.room.say(text, { files })
    return await studio.room.watch(
      thread,
      (now) => {
        const error = now.posts.findLast((post) => post.key.startsWith('error:'))
        return error === undefined ? undefined : `${error.card.title ?? ''} ${error.card.text ?? ''}`
      },
      PATIENCE_MS,
    )
  } catch (thrown) {
    if (thrown instanceof RoomRefusal && thrown.status >= 400 && thrown.status < 500) return thrown.message
    throw thrown
  }
}

function file(name: string): string {
  return path.join(studio.dir, name)
}

test(
  'sources that are not there, not media, or not allowed',
  async () => {
    expect(await complaint(`/dub ${siteUrl}/gone.mp4 to:es from:en`)).toMatch(/answer|found|reach|404/i)
    expect(await complaint(`/dub ${siteUrl}/page to:es from:en`)).toMatch(/no video|not a video|web page|media/i)
    expect(await complaint(`/dub ${siteUrl}/inner to:es from:en`)).toMatch(/private|internal|not allowed/i)
    expect(await complaint('/dub http://localhost:18099/x.mp4 to:es from:en')).toMatch(/private|internal|not allowed/i)
  },
  PATIENCE_MS,
)

test(
  'files that are empty, broken, silent or hostile',
  async () => {
    await writeFile(file('empty.mp4'), '')
    expect(await complaint('/dub to:es from:en', [file('empty.mp4')])).toMatch(/empty/i)

    await copyFile(clip, file('truncated.mp4'))
    const handle = await open(clip)
    const { size } = await handle.stat()
    await handle.close()
    await truncate(file('truncated.mp4'), Math.floor(size / 3))
    expect(await complaint('/dub to:es from:en', [file('truncated.mp4')])).toMatch(/damaged|broken|incomplete|cut/i)

    await exec('ffmpeg', ['-v', 'error', '-y', '-i', clip, '-an', '-c', 'copy', file('silent.mp4')])
    expect(await complaint('/dub to:es from:en', [file('silent.mp4')])).toMatch(/sound/i)

    await writeFile(
      file('playlist.mp4'),
      '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
    )
    const hostile = await complaint('/dub to:es from:en', [file('playlist.mp4')])
    expect(hostile).toMatch(/playlist|format|not a video|allowed|media/i)
    expect(hostile).not.toContain('root:')
  },
  PATIENCE_MS,
)

test(
  'sources over the caps: 5 GB, 6 hours, 200 streams, a picture of 40,000 × 40,000',
  async () => {
    expect(await complaint(`/dub ${siteUrl}/huge.mp4 to:es from:en`)).toMatch(/5 GB|large|GB/i)

    const black = ['-f', 'lavfi', '-i', 'color=black:s=16x16:r=1/30:d=21600', '-c:v', 'libx264', '-preset', 'ultrafast']
    await exec('ffmpeg', ['-v', 'error', '-y', ...black, file('six-hours.mp4')])
    expect(await complaint('/dub to:es from:en', [file('six-hours.mp4')])).toMatch(/long|hours/i)

    const maps = Array.from({ length: 200 }, () => ['-map', '0:a']).flat()
    const beep = ['-f', 'lavfi', '-i', 'sine=d=1', ...maps, '-c:a', 'pcm_s16le']
    await exec('ffmpeg', ['-v', 'error', '-y', ...beep, file('many.mkv')])
    expect(await complaint('/dub to:es from:en', [file('many.mkv')])).toMatch(/200|streams|tracks/i)

    const red = ['-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1']
    await exec('ffmpeg', ['-v', 'error', '-y', ...red, file('bomb.png')])
    const picture = await readFile(file('bomb.png'))
    // the header alone says how much memory a decoder would take
    picture.writeUInt32BE(40_000, 16)
    picture.writeUInt32BE(40_000, 20)
    await writeFile(file('bomb.png'), picture)
    expect(await complaint('/dub to:es from:en', [file('bomb.png')])).toMatch(/picture|40,?000|format|not a video/i)
  },
  PATIENCE_MS,
)

test(
  'transcripts with overlapping or negative times, and a 100,000-character line, are refused with the place',
  async () => {
    await writeFile(
      file('overlap.srt'),
      '1\n00:00:01,000 --> 00:00:03,000\none\n\n2\n00:00:02,000 --> 00:00:04,000\ntwo\n',
    )
    expect(await complaint('/dub to:es from:en', [clip, file('overlap.srt')])).toMatch(/line 6|overlap/i)
    await writeFile(file('negative.srt'), '1\n-00:00:01,000 --> 00:00:03,000\none\n')
    expect(await complaint('/dub to:es from:en', [clip, file('negative.srt')])).toMatch(/line 2|negative|time/i)
    await writeFile(file('long.srt'), `1\n00:00:01,000 --> 00:00:03,000\n${'x'.repeat(100_000)}\n`)
    expect(await complaint('/dub to:es from:en', [clip, file('long.srt')])).toMatch(/long|characters/i)
  },
  PATIENCE_MS,
)

test(
  'an unknown language is refused before anything is made, with the nearest one',
  async () => {
    const before = (await studio.room.threads()).length
    expect(await complaint('/dub to:portugese from:en', [clip])).toMatch(/portug/i)
    expect(await complaint('/dub to:xx-yy-zz from:en', [clip])).toMatch(/xx-yy-zz/i)
    expect((await studio.room.threads()).length).toBe(before)
  },
  PATIENCE_MS,
)

test(
  'complaints are in the language of the room, and nothing was lost: a good file works afterwards',
  async () => {
    await studio.room.say('/settings set language pt-BR')
    expect(await complaint('/dub to:es from:en', [file('empty.mp4')])).toMatch(/vazio/i)
    await writeFile(file('mine.srt'), clipTranscript())
    const thread = await studio.room.say('/dub to:es from:en', { files: [clip, file('mine.srt')] })
    await studio.room.watch(thread, (now) => newest(now, 'transcript:en'), PATIENCE_MS)
  },
  PATIENCE_MS,
)
