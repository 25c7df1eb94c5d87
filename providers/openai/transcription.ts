import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { randomBase62 } from '#core/ids.ts'
import { cutPcm } from '#media/cut-pcm.ts'
import { speechPieces } from '#media/speech-pieces.ts'
import { type SpeechRegion, speechRegions } from '#media/speech-regions.ts'
import type { ProviderContext, TranscriptionCapability } from '../define.ts'
import { brokenAnswer } from '../service.ts'
import { callOpenai } from './client.ts'
import { bareTag, languageTag } from './languages.ts'
import { type OpenaiEnv, plainTranscription, verboseTranscription } from './schema.ts'
import { type Segment, timedSegments } from './segments.ts'

/** uploads end at 25 MB: 10 minutes of 16 kHz mono are 19.2 MB */
const LONGEST_MS = 600_000
/** for models that give no times: a request per stretch of speech, whose place is known */
const STRETCH = { joinMs: 500, maxMs: 20_000, padMs: 150 }

/** Whisper and its kin in `verbose_json`; the newer models, whose answers carry no times, stretch by stretch. */
export function createTranscription(
  env: OpenaiEnv,
  context: ProviderContext,
  model: string,
  timeoutMs: number,
): TranscriptionCapability {
  const timed = !model.startsWith('gpt-')
  return {
    async transcribe({ path: sound, durationMs, language, signal, onProgress }) {
      const pieces = await piecesOf(sound, durationMs, timed, signal)
      const segments: Segment[] = []
      let heard = language
      for (const [index, piece] of pieces.entries()) {
        const bytes = await pieceBytes(sound, piece, context.workDir)
        const answer = await recognise(env, context, { model, timed, timeoutMs, signal, bytes, piece, language: heard })
        segments.push(...answer.segments)
        heard ??= answer.language
        onProgress((index + 1) / pieces.length)
      }
      return { language: heard ?? 'und', segments, usage: { model, seconds: durationMs / 1000 } }
    },
  }
}

async function piecesOf(
  sound: string,
  durationMs: number,
  timed: boolean,
  signal: AbortSignal,
): Promise<SpeechRegion[]> {
  if (timed && durationMs <= LONGEST_MS) return [{ startMs: 0, endMs: durationMs }]
  const regions = await speechRegions({ path: sound, signal })
  const limits = timed ? { joinMs: Number.POSITIVE_INFINITY, maxMs: LONGEST_MS, padMs: 1000 } : STRETCH
  return speechPieces(regions, { ...limits, totalMs: durationMs })
}

async function pieceBytes(sound: string, region: SpeechRegion, workDir: string): Promise<Buffer> {
  const outPath = path.join(workDir, `piece-${randomBase62(8)}.wav`)
  try {
    await cutPcm({ path: sound, region, outPath, as: 'wav' })
    return await readFile(outPath)
  } finally {
    await rm(outPath, { force: true })
  }
}

interface Piece {
  readonly model: string
  readonly timed: boolean
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly bytes: Buffer
  readonly piece: SpeechRegion
  readonly language: string | undefined
}

async function recognise(
  env: OpenaiEnv,
  context: ProviderContext,
  request: Piece,
): Promise<{ language: string | undefined; segments: Segment[] }> {
  const { model, timed, piece } = request
  const answer = await callOpenai(env, context, request, async (client) =>
    client.audio.transcriptions.create({
      file: new File([new Uint8Array(request.bytes)], 'sound.wav', { type: 'audio/wav' }),
      model,
      ...(request.language && { language: bareTag(request.language) }),
      ...(timed
        ? { response_format: 'verbose_json', timestamp_granularities: ['segment', 'word'] }
        : { response_format: 'json' }),
    }),
  )
  if (!timed) return { language: undefined, segments: stretchSegment(answer, piece) }
  const parsed = verboseTranscription.safeParse(answer)
  if (!parsed.success) throw brokenAnswer('openai', parsed.error)
  const language = parsed.data.language ? languageTag(parsed.data.language) : undefined
  return { language, segments: timedSegments(parsed.data, piece) }
}

function stretchSegment(answer: unknown, piece: SpeechRegion): Segment[] {
  const parsed = plainTranscription.safeParse(answer)
  if (!parsed.success) throw brokenAnswer('openai', parsed.error)
  const text = parsed.data.text.trim()
  return text === '' ? [] : [{ startMs: piece.startMs, endMs: piece.endMs, text }]
}
