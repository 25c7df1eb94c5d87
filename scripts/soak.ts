// Dubs without end while a process is killed every few seconds: at the end nothing may be lost or doubled.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { demoSample } from '#media/demo-sample.ts'
import { createRoomClient } from './room-client.ts'
import { dubOnce, type Verdict } from './soak/dub-once.ts'
import { killNow } from './soak/kill-now.ts'
import { startStudio } from './studio.ts'

const DEFAULT_MINUTES = 10
// a step that dies three times with its worker is set aside: each must get time to finish between two kills of it
const KILL_EVERY_MS = 15_000

const minutes = Number(process.argv[2] ?? DEFAULT_MINUTES)
const print = (line: string): void => void process.stdout.write(`${line}\n`)
if (!(minutes > 0)) {
  print('npm run soak [-- <minutes>]: how long, e.g. 30')
  process.exit(1)
}

const dir = await mkdtemp(path.join(tmpdir(), 'dailies-soak-'))
// retries and dead workers are noticed in a fifth of the time, so that minutes are enough
const studio = await startStudio({ env: { ...process.env, TIME_SCALE: '0.2', HTTP_PORT: '0' }, dataDir: dir })
let kills = 0
const killing = setInterval(() => killNow(studio.pids, kills++, print), KILL_EVERY_MS)
try {
  process.exitCode = (await soak()) ? 0 : 1
} finally {
  clearInterval(killing)
  await studio.stop()
  await rm(dir, { recursive: true, force: true })
}
process.exit()

async function soak(): Promise<boolean> {
  const room = createRoomClient({ baseUrl: studio.url })
  const source = path.join(dir, 'sample.mp4')
  const transcript = path.join(dir, 'sample.srt')
  const { sentences } = await demoSample({ outPath: source, workDir: dir, signal: new AbortController().signal })
  const until = Date.now() + minutes * 60_000
  const verdicts: Verdict[] = []
  while (Date.now() < until) {
    // other words each time: a dub that is the same as the last one is reused whole
    const take = sentences.map((one) => ({ ...one, text: `${one.text} ${verdicts.length + 1}.` }))
    await writeFile(transcript, formatSrt(take))
    const verdict = await dubOnce(room, [source, transcript])
    verdicts.push(verdict)
    print(
      `dub ${verdicts.length}: ${Math.round(verdict.seconds)} s${verdict.wrong.length === 0 ? '' : ` WRONG: ${verdict.wrong.join(', ')}`}`,
    )
  }
  const wrong = verdicts.filter((verdict) => verdict.wrong.length > 0).length
  print(`\n${verdicts.length} dubs in ${minutes} min, ${wrong} with something lost or doubled`)
  return wrong === 0
}
