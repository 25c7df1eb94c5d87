import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { createRoomClient, type RoomClient } from '#scripts/room-client.ts'
import { startStudio } from '#scripts/studio.ts'
import { clipTranscript, spokenClip } from '#test/e2e/clips.ts'
import { approve, openPost } from '#test/e2e/steps.ts'
import { testDatabase } from '#test/setup/database.ts'
import { startTestServer } from '#test/setup/server.ts'
import type { Bench, Measure } from './measure.ts'

const ONCE = ['download', 'extract', 'probe', 'transcribe']

/** What a second language and an edited line do again, counted from the rows of a studio that really dubs. */
export const reuse: Bench = {
  run: async (say) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'dailies-bench-reuse-'))
    const server = await startTestServer()
    const { url, database, drop } = await testDatabase(server.url)
    const studio = await startStudio({
      env: { ...process.env, DATABASE_URL: url, HTTP_PORT: '0', LOG_LEVEL: 'error' },
      dataDir: dir,
    })
    try {
      return await count(createRoomClient({ baseUrl: studio.url }), database.pool, await sources(dir), say)
    } finally {
      await studio.stop()
      await drop()
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

async function sources(dir: string): Promise<string[]> {
  const transcript = path.join(dir, 'mine.srt')
  await writeFile(transcript, clipTranscript())
  const clip = await spokenClip(dir)
  // a second name for the same bytes: reuse goes by content
  await copyFile(clip, path.join(dir, 'again.mp4'))
  return [clip, transcript]
}

async function count(
  room: RoomClient,
  pool: pg.Pool,
  files: string[],
  say: (line: string) => void,
): Promise<Measure[]> {
  say('first dub: en → es')
  const first = await room.say('/dub to:es from:en', { files })
  await approve(room, first, 'transcript:en')
  await approve(room, first, 'translation:es')
  const final = await openPost(room, first, 'final:es')
  const voiced = await calls(pool, 'speech')

  say('one line edited at the final check')
  await room.act(final.card.form?.token ?? '', { line: '2', text: 'Traiga un abrigo y pan.' })
  await room.watch(
    first,
    (now) => (now.posts.filter((post) => post.key === 'final:es').length === 2 ? true : undefined),
    120_000,
  )
  await approve(room, first, 'final:es')
  const revoiced = (await calls(pool, 'speech')) - voiced

  say('second dub of the same source: en → pt-BR')
  const [clip = '', transcript = ''] = files
  const second = await room.say('/dub to:pt-BR from:en', {
    files: [path.join(path.dirname(clip), 'again.mp4'), transcript],
  })
  await approve(room, second, 'transcript:en')
  await openPost(room, second, 'translation:pt-BR')
  const repeated = await pool.query<{ n: number }>(
    `select count(*)::int as n from step s join project p on p.id = s.project_id
     where p.number = 2 and s.stage = any($1) and s.status = 'done' and not s.reused`,
    [ONCE],
  )
  return [
    exactly('lines voiced for a dub of 3 lines', voiced, 3),
    exactly('lines voiced again after one line was edited', revoiced, 1),
    exactly('source steps run again for one more language', repeated.rows[0]?.n ?? Number.NaN, 0),
  ]
}

async function calls(pool: pg.Pool, capability: string): Promise<number> {
  const found = await pool.query<{ n: number }>('select count(*)::int as n from provider_call where capability = $1', [
    capability,
  ])
  return found.rows[0]?.n ?? 0
}

function exactly(metric: string, value: number, floor: number): Measure {
  return {
    metric,
    value,
    unit: '',
    floor,
    ratio: floor === 0 ? null : value / floor,
    target: `exactly ${floor}`,
    ok: value === floor,
  }
}
