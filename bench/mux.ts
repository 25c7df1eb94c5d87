import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { run } from '#core/run.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { muxDub } from '#media/mux-dub.ts'
import { probe } from '#media/probe.ts'
import { streamHash } from '#media/stream-hash.ts'
import { type Bench, type Measure, median } from './measure.ts'

const ROUNDS = 5
const MINUTES = 10
const TARGET = 1.1
const FRAME_MS = 1000 / 30

/** What a dub mux of a 10-minute 720p film costs on top of the bare ffmpeg command that does the same. */
export const mux: Bench = {
  run: async (say) => {
    const workDir = await mkdtemp(path.join(tmpdir(), 'dailies-bench-mux-'))
    try {
      return await compare(await makeParts(workDir), say)
    } finally {
      await rm(workDir, { recursive: true, force: true })
    }
  },
}

interface Parts {
  readonly workDir: string
  readonly source: string
  readonly dub: string
  readonly srt: string
}

async function compare(parts: Parts, say: (line: string) => void): Promise<Measure[]> {
  const work = { workDir: parts.workDir, signal: new AbortController().signal }
  const rounds: { ours: number; bare: number }[] = []
  let ours = await dub(parts)
  for (let round = 1; round <= ROUNDS; round++) {
    // side by side and in turns, so that what else the machine does weighs on both
    const bareFirst = round % 2 === 0
    const before = bareFirst ? await timed(() => bareMux(parts)) : undefined
    const mine = await timed(async () => {
      ours = await dub(parts)
    })
    const bare = before ?? (await timed(() => bareMux(parts)))
    rounds.push({ ours: mine, bare })
    say(`round ${round}: ours ${(mine / 1000).toFixed(1)} s, bare ${(bare / 1000).toFixed(1)} s`)
  }
  const ratio = median(rounds.map((round) => round.ours / round.bare))
  const same = (await streamHash(parts.source, work)) === (await streamHash(ours.path, work))
  const drift = Math.abs(ours.driftMs)
  return [
    {
      metric: `dub mux of ${MINUTES} min 720p`,
      value: median(rounds.map((round) => round.ours)) / 1000,
      unit: 's',
      floor: median(rounds.map((round) => round.bare)) / 1000,
      ratio,
      target: `≤ ${TARGET.toFixed(2)} of the bare ffmpeg command`,
      ok: ratio <= TARGET,
    },
    {
      metric: 'picture packets copied bit for bit',
      value: same ? 1 : 0,
      unit: '',
      floor: 1,
      ratio: same ? 1 : 0,
      target: 'equal stream hash',
      ok: same,
    },
    {
      metric: 'drift at the end',
      value: drift,
      unit: 'ms',
      floor: FRAME_MS,
      ratio: drift / FRAME_MS,
      target: '≤ 1 frame',
      ok: drift <= FRAME_MS,
    },
  ]
}

async function timed(what: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await what()
  return performance.now() - start
}

/** As the mux stage does it: look at the source, put it together, look at the end. */
async function dub({ workDir, source, dub: mix, srt }: Parts) {
  const work = { workDir, signal: new AbortController().signal }
  return muxDub({
    ...work,
    source,
    info: await probe(source, work),
    dub: mix,
    subtitles: [{ path: srt, language: 'pt-BR' }],
    title: 'Bench',
    languages: { dub: 'pt-BR', original: 'en' },
    outPath: path.join(workDir, 'ours.mp4'),
  })
}

async function bareMux({ workDir, source, dub: mix, srt }: Parts): Promise<void> {
  const args = [
    ...[
      '-v',
      'error',
      '-y',
      '-i',
      source,
      '-i',
      mix,
      '-i',
      srt,
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-map',
      '0:a',
      '-map',
      '2:s',
    ],
    ...[
      '-c',
      'copy',
      '-c:a:0',
      'aac',
      // the same coder as ours: what is compared is the product around the command, not the codec
      '-aac_coder:a:0',
      'fast',
      '-b:a:0',
      '192k',
      '-c:s',
      'mov_text',
      '-movflags',
      '+faststart',
      path.join(workDir, 'bare.mp4'),
    ],
  ]
  await run('ffmpeg', args, { workDir })
}

async function makeParts(workDir: string): Promise<Parts> {
  const file = (name: string) => path.join(workDir, name)
  const make = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-y', ...args], { workDir })
  const seconds = String(MINUTES * 60)
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=20,noise=alls=12:allf=t']
  await make(
    ...picture,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-b:v',
    '2500k',
    '-bf',
    '0',
    '-g',
    '60',
    file('loop.mp4'),
  )
  await make(
    '-f',
    'lavfi',
    '-i',
    `anoisesrc=color=pink:amplitude=0.4:seed=1:sample_rate=48000:d=${seconds}`,
    '-ac',
    '2',
    '-c:a',
    'pcm_s16le',
    file('dub.wav'),
  )
  const sound = ['-f', 'lavfi', '-i', 'sine=f=300:r=48000']
  await make(
    '-stream_loop',
    '-1',
    '-i',
    file('loop.mp4'),
    ...sound,
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c:v',
    'copy',
    '-c:a',
    'aac',
    '-t',
    seconds,
    file('source.mp4'),
  )
  const cues = Array.from({ length: MINUTES * 12 }, (_, index) => ({
    startMs: index * 5000,
    endMs: index * 5000 + 4000,
    text: `Linha ${index}`,
  }))
  await writeFile(file('pt.srt'), formatSrt(cues))
  return { workDir, source: file('source.mp4'), dub: file('dub.wav'), srt: file('pt.srt') }
}
