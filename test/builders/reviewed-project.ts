import type { ArtifactRef } from '#domain/artifact.ts'
import type { Plan } from '#domain/plan.ts'
import type { Review } from '#domain/review.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import { openProjectThread } from '#services/chat/open-project-thread.ts'
import { buildProject } from './project.ts'
import type { TestRoom } from './room.ts'

export interface ReviewedProject {
  readonly projectId: string
  readonly runId: string
  readonly threadId: string
}

const LINES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Good morning, everybody.',
    'Every line can be read and corrected.',
    'Nothing is voiced before somebody says yes.',
  ],
  'pt-BR': ['Bom dia a todos.', 'Cada linha pode ser lida e corrigida.', 'Nada é narrado antes que alguém diga sim.'],
  es: [
    'Buenos días a todos.',
    'Cada línea se puede leer y corregir.',
    'Nada se narra antes de que alguien diga que sí.',
  ],
}

/** A dub that waits at its transcript; approved, it waits at two translations. The engine's own checkpoints, no stage runs. */
export async function buildReviewedProject(room: TestRoom, title = 'Morning briefing'): Promise<ReviewedProject> {
  const { projectId, number } = await buildProject(room.db, {
    title,
    requestedBy: room.ownerId,
    request: { to: ['pt-BR', 'es'] },
  })
  const { id: threadId } = await openProjectThread({
    db: room.db,
    roomId: room.roomId,
    projectId,
    title: `#${number} · ${title}`,
  })
  const plan: Plan = {
    pipeline: 'dub',
    version: 1,
    nodes: [
      node('transcript', '', await buildReview(room, projectId, number, 'transcript', 'en')),
      node('translation', 'pt-BR', await buildReview(room, projectId, number, 'translation', 'pt-BR'), 'transcript'),
      node('translation', 'es', await buildReview(room, projectId, number, 'translation', 'es'), 'transcript'),
    ],
  }
  const { runId } = await room.engine.startRun({ scope: room.db.scope, projectId, plan, priority: 1 })
  return { projectId, runId, threadId }
}

function node(checkpoint: string, fanKey: string, review: Review, after?: string): Plan['nodes'][number] {
  const dependencies = after === undefined ? [] : [{ node: after, fanKey: '' }]
  return {
    id: checkpoint,
    fanKey,
    kind: 'checkpoint',
    checkpoint,
    auto: false,
    input: { review },
    after: dependencies,
    settles: false,
  }
}

async function buildReview(
  room: TestRoom,
  projectId: string,
  number: number,
  checkpoint: string,
  target: string,
): Promise<Review> {
  const texts = LINES[target] ?? []
  const cues = texts.map((text, index) => ({ startMs: index * 3000, endMs: index * 3000 + 2500, text }))
  const keep = async (text: string, name: string, kind: 'cues' | 'subtitles', mime: string): Promise<ArtifactRef> =>
    createArtifact(room.db, {
      ...(await room.storage.put(Buffer.from(text))),
      kind,
      mime,
      name,
      language: target,
      projectId,
    })
  return {
    target,
    cues: await keep(formatJson({ language: target, cues }), 'cues.json', 'cues', 'application/json'),
    subtitles: await keep(
      formatSrt(cues),
      `dub-${number}.${checkpoint}.${target}.r1.srt`,
      'subtitles',
      'application/x-subrip',
    ),
    firstLines: texts.map((text, index) => ({ line: index + 1, startMs: index * 3000, text })),
    lines: texts.length,
    flagged: [],
    flaggedCount: 0,
    media: [],
    draft: true,
    providers: [],
  }
}
