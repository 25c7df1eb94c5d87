import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { randomBase62 } from '#core/ids.ts'
import { run } from '#core/run.ts'
import { cutPcm } from '#media/cut-pcm.ts'
import { speechPieces } from '#media/speech-pieces.ts'
import { type SpeechRegion, speechRegions } from '#media/speech-regions.ts'
import { defineProvider, type TimedWord } from '../define.ts'
import { parseSegmentation } from './schema.ts'

const TOOL = 'pocketsphinx_batch'
const LIMITS = { concurrency: 1, timeoutMs: 60_000 }
/** recognition takes 0.1–0.5 × the sound; this is where something hangs */
const SLOWEST = 6
const MODEL_FOLDERS = [
  '/usr/share/pocketsphinx/model/en-us',
  '/usr/local/share/pocketsphinx/model/en-us',
  '/opt/homebrew/share/pocketsphinx/model/en-us',
]
/** neighbours closer than this belong to one sentence more often than not */
const PIECES = { joinMs: 300, maxMs: 12_000, padMs: 180 }

const env = z.object({
  POCKETSPHINX_MODEL: z
    .string()
    .optional()
    .describe('Folder of the English model of pocketsphinx (en-us, en-us.lm.bin, cmudict-en-us.dict)'),
})

/** PocketSphinx: English only, offline, draft quality, with the time of each word. */
export const pocketsphinx = defineProvider({
  id: 'pocketsphinx',
  capability: 'transcription',
  env,
  secrets: [],
  needs: [TOOL],
  rank: { quality: 10, speed: 50 },
  limits: LIMITS,
  local: true,
  draft: true,

  async discover(values, _context, signal) {
    const options = await listOptions(signal)
    const model = [values.POCKETSPHINX_MODEL, ...MODEL_FOLDERS].find(
      (folder) => folder && existsSync(path.join(folder, 'en-us.lm.bin')),
    )
    if (!model) return { reason: 'providers.reason.noModel', missing: ['pocketsphinx-en-us'] }
    // the decoder's own voice detection drops frames and with them the time; newer releases have none
    const exact = options.includes('-remove_silence') ? ['-remove_silence', 'no'] : []
    return { languages: ['en'], model: 'en-us', models: [model, ...exact] }
  },

  supports: ({ language }) => language !== undefined && /^en(g|-|_|$)/iu.test(language),

  create(_env, context, found) {
    const [model = '', ...exact] = found.models ?? []
    return {
      async transcribe({ path: sound, durationMs, language, signal, onProgress }) {
        const regions = await speechRegions({ path: sound, signal })
        const pieces = speechPieces(regions, { ...PIECES, totalMs: durationMs })
        onProgress(0.03)
        const dir = path.join(context.workDir, `sphinx-${randomBase62(6)}`)
        await mkdir(dir, { recursive: true })
        try {
          await cutPieces(sound, pieces, dir)
          const timeoutMs = context.timeoutMs ?? LIMITS.timeoutMs + durationMs * SLOWEST
          await decode({ model, exact, dir, pieces, signal, timeoutMs, onProgress })
          const words = parseSegmentation(await readFile(path.join(dir, 'segments'), 'utf8'))
          const segments = pieces.flatMap((piece, index) => sentence(piece, words.get(name(index)) ?? []))
          return { language: language ?? 'en', segments, usage: { model: 'en-us', seconds: durationMs / 1000 } }
        } finally {
          await rm(dir, { recursive: true, force: true })
        }
      },
    }
  },
})

// without arguments it lists its options, and calls that a failure
async function listOptions(signal: AbortSignal): Promise<string> {
  const lines: string[] = []
  try {
    await run(TOOL, [], { signal, timeoutMs: 10_000, onLine: (line) => lines.push(line) })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TOOL_FAILED') throw error
  }
  return lines.join('\n')
}

async function cutPieces(sound: string, pieces: readonly SpeechRegion[], dir: string): Promise<void> {
  for (const [index, region] of pieces.entries()) {
    await cutPcm({ path: sound, region, outPath: path.join(dir, `${name(index)}.raw`), as: 'raw' })
  }
  await writeFile(path.join(dir, 'pieces'), pieces.map((_piece, index) => `${name(index)}\n`).join(''))
}

function name(index: number): string {
  return `p${String(index).padStart(5, '0')}`
}

// one process for all pieces: the model is loaded once
async function decode(job: {
  model: string
  exact: readonly string[]
  dir: string
  pieces: readonly SpeechRegion[]
  signal: AbortSignal
  timeoutMs: number
  onProgress(ratio: number): void
}): Promise<void> {
  const total = job.pieces.reduce((sum, piece) => sum + piece.endMs - piece.startMs, 0)
  let doneMs = 0
  const files = [
    '-hmm',
    `${job.model}/en-us`,
    '-lm',
    `${job.model}/en-us.lm.bin`,
    '-dict',
    `${job.model}/cmudict-en-us.dict`,
  ]
  const work = [
    '-adcin',
    'yes',
    '-cepdir',
    job.dir,
    '-cepext',
    '.raw',
    '-ctl',
    path.join(job.dir, 'pieces'),
    '-hypseg',
    path.join(job.dir, 'segments'),
  ]
  if (job.pieces.length === 0) return writeFile(path.join(job.dir, 'segments'), '')
  await run(TOOL, [...files, ...work, ...job.exact], {
    signal: job.signal,
    timeoutMs: job.timeoutMs,
    workDir: job.dir,
    onLine(line) {
      const seconds = /: ([\d.]+) seconds speech/u.exec(line)?.[1]
      if (!seconds || line.includes('TOTAL')) return
      doneMs += Number(seconds) * 1000
      job.onProgress(Math.min(1, 0.03 + (0.97 * doneMs) / Math.max(1, total)))
    },
  })
}

// the recogniser knows neither capitals nor full stops, but a piece ends at a pause
function sentence(
  piece: SpeechRegion,
  heard: readonly TimedWord[],
): { startMs: number; endMs: number; text: string; words: TimedWord[] }[] {
  const words = heard.map((word, index) => ({
    startMs: piece.startMs + word.startMs,
    endMs: Math.min(piece.endMs, piece.startMs + word.endMs),
    text: written(word.text, index === 0, index === heard.length - 1),
  }))
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last) return []
  return [
    {
      startMs: first.startMs,
      endMs: Math.max(last.endMs, first.startMs + 1),
      text: words.map(({ text }) => text).join(' '),
      words,
    },
  ]
}

function written(word: string, first: boolean, last: boolean): string {
  const cased = first || /^i('|$)/u.test(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word
  return last ? `${cased}.` : cased
}
