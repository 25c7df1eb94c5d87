import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import type { Cue } from '#domain/cue.ts'
import type { Review } from '#domain/review.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import type { ClaimedStep, Engine } from '#engine/engine.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { Storage } from '#core/storage/storage.ts'

export interface Player {
  readonly db: ScopedDb
  readonly engine: Engine
  readonly storage: Storage
  /** in every line and title that it makes */
  readonly tag?: string
  /** a stage that is left ready */
  readonly stopBefore?: string
}

/** Three lines, 4 s apart. */
export const CUES: readonly Cue[] = ['The train leaves at seven.', 'Bring a coat.', 'We walk along the river.'].map(
  (text, index) => ({
    startMs: 500 + index * 4000,
    endMs: 2700 + index * 4000,
    text,
  }),
)

/**
 * Plays a worker: claims whatever is ready in a project and completes it with a small sound output, until only people can
 * go on. Returns the stages that ran, in order.
 */
export async function playSteps(player: Player, projectId: string): Promise<string[]> {
  const { db, engine } = player
  const played: string[] = []
  for (;;) {
    const ready = await db.step.findMany({
      where: { projectId, status: 'ready', kind: 'stage', stage: { not: player.stopBefore ?? '' } },
      orderBy: { id: 'asc' },
    })
    if (ready.length === 0) return played
    for (const step of ready) {
      const claimed = await engine.claim({ stepId: step.id, dispatch: step.dispatch, workerId: 'player' })
      if (claimed === null) continue
      await engine.complete({ stepId: claimed.id, fence: claimed.fence, output: await output(player, claimed) })
      played.push(claimed.fanKey === '' ? claimed.stage : `${claimed.stage}:${claimed.fanKey}`)
    }
  }
}

async function output(player: Player, step: ClaimedStep): Promise<unknown> {
  const save = (name: string, kind: ArtifactKind, text = name) => saveFile(player, step.projectId, { name, kind, text })
  const input = step.input as { to?: string; language?: string; cues?: ArtifactRef; review?: Review; from?: string }
  switch (step.stage) {
    case 'download':
      return { file: await save('talk.mp4', 'source'), title: player.tag ?? 'A talk', captions: [] }
    case 'probe':
      return { durationMs: 13_000, sound: { codec: 'aac', channels: 2, sampleRate: 48_000 } }
    case 'extract':
      return { sound: await save('sound.flac', 'audio'), speech: await save('speech.wav', 'audio') }
    case 'transcribe':
      return { language: 'en', ...(await reviewed(player, step, 'en', CUES)) }
    case 'translate': {
      const to = input.to ?? 'es'
      return reviewed(
        player,
        step,
        to,
        CUES.map((cue) => ({ ...cue, text: `${to}: ${cue.text}` })),
        input.cues,
      )
    }
    case 'voice':
      return { lines: [], provider: 'espeak', voice: 'es', draft: true, credits: [] }
    case 'fit':
      return {
        speech: await save('dub.wav', 'speech'),
        cues: input.cues,
        captions: input.cues,
        report: await save('sync.json', 'report'),
        table: await save('sync.csv', 'report'),
        sync: SYNC,
      }
    case 'mix':
      return { audio: await save('mix.flac', 'mix') }
    case 'mux':
      return {
        file: await save('dub.mp4', 'video'),
        review: { ...(await reviewOf(player, step, input.to ?? 'es', input.cues)) },
      }
    case 'captions':
      return { files: [await save(`captions.${input.language}.srt`, 'subtitles')] }
    case 'sample':
      return { durationMs: 2000, review: await reviewOf(player, step, input.language ?? 'es', undefined) }
    case 'finish':
      return { target: input.review?.target, files: [await save('result.mp4', 'video')], draft: true, providers: [] }
    default:
      throw new Error(`nobody plays ${step.stage}`)
  }
}

const SYNC = {
  lines: 3,
  onTime: 3,
  late: 0,
  cut: 0,
  unvoiced: 0,
  rewritten: 0,
  maxStartErrorMs: 0,
  medianTempo: 1,
  maxTempo: 1,
  driftMs: 0,
}

async function reviewed(
  player: Player,
  step: ClaimedStep,
  target: string,
  cues: readonly Cue[],
  sourceCues?: ArtifactRef,
) {
  const tagged = cues.map((cue) => ({
    ...cue,
    text: player.tag === undefined ? cue.text : `${player.tag} ${cue.text}`,
  }))
  const file = { name: `${target}.json`, kind: 'cues' as const, text: formatJson({ language: target, cues: tagged }) }
  const stored = await saveFile(player, step.projectId, file)
  const review = await reviewOf(player, step, target, stored, tagged)
  return { cues: stored, review: sourceCues === undefined ? review : { ...review, sourceCues } }
}

async function reviewOf(
  player: Player,
  step: ClaimedStep,
  target: string,
  cuesFile: ArtifactRef | undefined,
  cues: readonly Cue[] = CUES,
): Promise<Review> {
  const subtitles = await saveFile(player, step.projectId, {
    name: `${target}.srt`,
    kind: 'subtitles',
    text: formatSrt(cues),
  })
  return {
    target,
    ...(cuesFile === undefined ? {} : { cues: cuesFile }),
    subtitles,
    firstLines: cues.map((cue, index) => ({ line: index + 1, startMs: cue.startMs, text: cue.text })),
    lines: cues.length,
    flagged: [],
    flaggedCount: 0,
    media: [],
    draft: true,
    providers: [],
  }
}

async function saveFile(
  { db, storage }: Player,
  projectId: string,
  file: { name: string; kind: ArtifactKind; text: string },
): Promise<ArtifactRef> {
  const stored = await storage.put(Buffer.from(file.text))
  return createArtifact(db, {
    ...stored,
    projectId,
    kind: file.kind,
    mime: 'application/octet-stream',
    name: file.name,
  })
}
