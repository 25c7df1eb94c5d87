import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { clipTranscript, spokenClip } from './clips.ts'
import { approve, fetchMedia, openPost, PATIENCE_MS, postWith } from './steps.ts'
import { descendants, startTestStudio, type TestStudio } from './studio.ts'

/** A dub to the end in a studio of its own (nothing to reuse). `disturb` runs when the named post has been approved. */
async function dubbed(studio: TestStudio, disturb: (approved: string) => Promise<void>): Promise<string> {
  const thread = await studio.room.say('/dub to:es from:en', { files: await sources(studio) })
  for (const key of ['transcript:en', 'translation:es', 'final:es']) {
    await approve(studio.room, thread, key)
    await disturb(key)
  }
  const result = await postWith(studio.room, thread, 'result:es', 'done')
  const keys = (await studio.room.thread(thread)).posts.map((post) => post.key)
  expect(keys.toSorted()).toEqual(['final:es', 'result:es', 'status', 'transcript:en', 'translation:es'])
  return createHash('sha256')
    .update(await readFile(await fetchMedia(studio.room, result, '.mp4', studio.dir)))
    .digest('hex')
}

async function sources(studio: TestStudio): Promise<string[]> {
  const transcript = path.join(studio.dir, 'mine.srt')
  await writeFile(transcript, clipTranscript())
  return [await spokenClip(studio.dir), transcript]
}

test(
  'kill -9 of every process in the middle of a dub: the same final file, nothing lost, nothing doubled',
  async () => {
    const calm = await startTestStudio()
    const undisturbed = await dubbed(calm, async () => undefined).finally(() => calm.stop())

    const studio = await startTestStudio({ embedded: true })
    try {
      const hash = await dubbed(studio, async (approved) => {
        if (approved === 'transcript:en') await kill(await studio.pid('worker'), await studio.pid('bot'))
        if (approved === 'translation:es')
          await kill(await studio.pid('worker'), await studio.pid('scheduler'), await postmaster(studio.dir))
      })
      expect(hash).toBe(undisturbed)
    } finally {
      await studio.stop()
    }
  },
  PATIENCE_MS * 4,
)

test(
  'kill -9 of the launcher leaves no process of the studio; the next start finds everything',
  async () => {
    const studio = await startTestStudio()
    const thread = await studio.room.say('/dub to:es from:en', { files: await sources(studio) })
    await openPost(studio.room, thread, 'transcript:en')
    const family = await descendants(studio.launcherPid)
    process.kill(studio.launcherPid, 'SIGKILL')
    await expect
      .poll(async () => (await commandLines(family)).filter((line) => line.includes('main.ts')), {
        timeout: 20_000,
        interval: 200,
      })
      .toEqual([])
    const next = await studio.restart()
    await openPost(next.room, thread, 'transcript:en')
    await approve(next.room, thread, 'transcript:en')
    await openPost(next.room, thread, 'translation:es')
    await next.stop()
  },
  PATIENCE_MS * 2,
)

async function kill(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

async function commandLines(pids: readonly number[]): Promise<string[]> {
  return Promise.all(
    pids.map(async (pid) => (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')),
  )
}

/** The pid of the studio's own PostgreSQL: the process that runs on a data folder named by this studio's. */
async function postmaster(dir: string): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const [line] = await commandLines([Number(entry)])
    if (line?.includes('postgres') === true && line.includes(' -D ') && (await belongsTo(line, dir)))
      return Number(entry)
  }
  throw new Error(`no PostgreSQL of ${dir}`)
}

/** The database lies in the studio's folder, or where `postgres.location` says (root, below a folder that is closed to others). */
async function belongsTo(line: string, dir: string): Promise<boolean> {
  const home = (await readFile(path.join(dir, 'postgres.location'), 'utf8').catch(() => dir)).trim()
  return (/-D (\S+)/.exec(line)?.[1] ?? '').startsWith(home)
}
