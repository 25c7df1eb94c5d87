// The main job from start to finish, on a sample or on `npm run demo -- <file or url> [<its language>]`, in the web room.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { toAppError } from '#core/errors.ts'
import { errorWords, translator } from '#core/words/index.ts'
import { demoSample } from '#media/demo-sample.ts'
import { demoDub } from './demo/dub.ts'
import { createRoomClient } from './room-client.ts'
import { FolderTaken } from './studio/claim-folder.ts'
import { startStudio } from './studio.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.abort())
process.once('disconnect', () => ended.abort())

const scratch = await mkdtemp(path.join(tmpdir(), 'dailies-demo-'))
let stop = async (): Promise<void> => undefined
try {
  process.exitCode = await demo()
} catch (thrown) {
  if (!ended.signal.aborted) print(failureWords(thrown))
  process.exitCode = 1
} finally {
  await stop()
  await rm(scratch, { recursive: true, force: true })
}
process.exit()

async function demo(): Promise<number> {
  const began = Date.now()
  const { url, dataDir, ours } = await openRoom()
  const source = process.argv[2] ?? (await sample())
  const stopped = new Promise<never>((_resolve, reject) => {
    ended.signal.addEventListener('abort', () => reject(new Error('stopped')))
  })
  const dub = demoDub({
    room: createRoomClient({ baseUrl: url, ...passwordOf(process.env['ROOM_PASSWORD']) }),
    source,
    // the sample says its language in its metadata; of another file only its maker knows
    from: process.argv[3],
    outDir: path.join(dataDir, 'demo'),
    print,
  })
  const files = await Promise.race([dub, stopped])
  print(`\nDone in ${Math.round((Date.now() - began) / 1000)} s.\n\nThe room:  ${url}\nThe files:`)
  for (const file of files) print(`  ${path.relative('.', file)}`)
  if (!ours) return 0
  if (process.stdout.isTTY) await stayOpen()
  else print('\nThe room closes now; npm start opens it again, with this thread in it.')
  return 0
}

/** The studio of this folder: the one that runs already, else one that ends with the demo. */
async function openRoom(): Promise<{ url: string; dataDir: string; ours: boolean }> {
  try {
    const studio = await startStudio({ env: process.env, say: print, signal: ended.signal })
    stop = () => studio.stop()
    print(`The room is open: ${studio.url}\n`)
    return { url: studio.url, dataDir: studio.dataDir, ours: true }
  } catch (thrown) {
    if (!(thrown instanceof FolderTaken) || thrown.url === undefined) throw thrown
    print(`The room is open already: ${thrown.url}\n`)
    return { url: thrown.url, dataDir: process.env['DATA_DIR'] ?? '.data', ours: false }
  }
}

async function sample(): Promise<string> {
  print('Making a sample: a voice, a moving picture, soft music …')
  const outPath = path.join(scratch, 'morning-walk.mp4')
  await demoSample({ outPath, workDir: scratch, signal: ended.signal })
  return outPath
}

async function stayOpen(): Promise<void> {
  print('\nThe room stays open. Ctrl-C stops it.')
  await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()))
}

function passwordOf(password: string | undefined): { password?: string } {
  return password === undefined || password === '' ? {} : { password }
}

function failureWords(thrown: unknown): string {
  const error = toAppError(thrown)
  return error.code === 'INTERNAL' ? error.message : errorWords(translator('en'), error)
}
