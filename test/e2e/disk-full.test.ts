import { execFile } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clipTranscript, spokenClip } from './clips.ts'
import { approve, newest, openPost, PATIENCE_MS, postWith } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

const exec = promisify(execFile)
/** Only root may mount a small disk; everybody else has the injected ENOSPC of core/storage and core/run. */
const root = process.getuid?.() === 0

let disk: string
let studio: TestStudio

beforeAll(async () => {
  if (!root) return
  disk = await mkdtemp(path.join(tmpdir(), 'dailies-disk-'))
  await exec('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=711', 'tmpfs', disk])
  studio = await startTestStudio({ dir: disk })
}, PATIENCE_MS)
afterAll(async () => {
  if (!root) return
  await studio.stop()
  await exec('umount', [disk])
  await rm(disk, { recursive: true, force: true })
}, PATIENCE_MS)

test.runIf(root)(
  'a full disk: the work waits, says so, consumes no retry, and goes on by itself when there is room',
  async () => {
    const transcript = path.join(disk, 'mine.srt')
    await writeFile(transcript, clipTranscript())
    const thread = await studio.room.say('/dub to:es from:en', { files: [await spokenClip(disk), transcript] })
    await approve(studio.room, thread, 'transcript:en')
    await openPost(studio.room, thread, 'translation:es')

    const { bavail, bsize } = await statfs(disk)
    const ballast = path.join(disk, 'ballast')
    await writeFile(ballast, Buffer.alloc(bavail * bsize - 64 * 1024))
    await approve(studio.room, thread, 'translation:es')
    await studio.room.watch(
      thread,
      (now) => (/disk/i.test(JSON.stringify(newest(now, 'status')?.card)) ? true : undefined),
      PATIENCE_MS,
    )
    expect((await studio.room.thread(thread)).posts.filter((post) => post.key.startsWith('error:'))).toEqual([])

    await rm(ballast)
    await approve(studio.room, thread, 'final:es')
    await postWith(studio.room, thread, 'result:es', 'done')
  },
  PATIENCE_MS * 2,
)
