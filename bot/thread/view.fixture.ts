import type { ArtifactRef } from '#domain/artifact.ts'
import { translator } from '#core/words/index.ts'
import type { Card, Intent, ThreadPost } from '#domain/card.ts'
import type { ProjectView, StepView } from '#domain/project-view.ts'
import type { Review } from '#domain/review.ts'
import type { RunState } from '#domain/states.ts'
import { threadView } from './view.ts'

/** A project's view as tests of the thread want it: at noon, asked for by Ana, in two languages. */
export const NOON = new Date('2026-11-21T12:00:00Z')

export const file = (name: string, kind: ArtifactRef['kind'] = 'preview'): ArtifactRef => ({
  id: `art_${name}`,
  sha256: 'a'.repeat(64),
  kind,
  mime: 'audio/wav',
  bytes: 10,
  name,
})

export const review = (target: string, changes: Partial<Review> = {}): Review => ({
  target,
  cues: file('cues.json', 'cues'),
  subtitles: file('cues.srt', 'subtitles'),
  firstLines: [{ line: 1, startMs: 0, text: 'Bom dia.', source: 'Good morning.' }],
  lines: 30,
  flagged: [{ line: 7, flag: 'cut', text: 'too long' }],
  flaggedCount: 1,
  durationMs: 61_000,
  media: [file('sample.wav')],
  draft: true,
  providers: [{ capability: 'speech', provider: 'espeak', voice: 'pt' }],
  ...changes,
})

export const step = (changes: Partial<StepView> = {}): StepView => ({
  id: 'stp_1',
  node: 'voice',
  fanKey: 'pt-BR',
  generation: 1,
  kind: 'stage',
  stage: 'voice',
  resource: 'cpu',
  status: 'running',
  attempt: 0,
  reused: false,
  progress: { ratio: 0.4, etaSeconds: 30 },
  error: undefined,
  output: undefined,
  result: undefined,
  checkpoint: undefined,
  availableAt: NOON,
  readyAt: NOON,
  startedAt: NOON,
  finishedAt: undefined,
  ...changes,
})

export const checkpoint = (
  changes: Partial<StepView> = {},
  inner: Partial<NonNullable<StepView['checkpoint']>> = {},
): StepView =>
  step({
    id: 'stp_check',
    node: 'translation',
    kind: 'checkpoint',
    stage: 'translation',
    resource: '',
    status: 'waiting_person',
    progress: undefined,
    checkpoint: {
      name: 'translation',
      auto: false,
      review: review('pt-BR'),
      revision: 1,
      editName: 'dub-12.translation.pt-BR.r1.srt',
      decidedBy: undefined,
      decision: undefined,
      redo: { node: 'translate', capability: 'translation' },
      editsAt: undefined,
      ...inner,
    },
    ...changes,
  })

export const view = (
  steps: readonly StepView[],
  changes: Partial<ProjectView> = {},
  status: RunState = 'active',
): ProjectView => ({
  project: {
    id: 'prj_1',
    scope: { workspaceId: 'w', nicheId: 'n' },
    number: 12,
    kind: 'dub',
    title: 'Talk',
    storedTitle: 'Talk',
    request: {},
    targets: ['pt-BR', 'es'],
    requestedBy: 'mbr_ana',
    reviewers: ['mbr_bia', 'mbr_ana'],
    createdAt: NOON,
    updatedAt: NOON,
    deletedAt: undefined,
  },
  locale: 'en',
  notify: true,
  run: { id: 'run_1', ordinal: 1, status, startedAt: NOON, finishedAt: undefined },
  steps,
  pending: [],
  members: { mbr_ana: 'Ana', mbr_bia: 'Bia' },
  cost: { micros: 12_400, providers: [] },
  choices: [{ capability: 'translation', provider: 'ollama', available: true, draft: false, voices: [] }],
  reminders: [],
  missingWorkers: [],
  archive: undefined,
  ...changes,
})

export const show = (given: ProjectView): ThreadPost[] => threadView(given, translator(given.locale))
export const post = (given: ProjectView, key: string): Card => {
  const found = show(given).find((candidate) => candidate.key === key)
  if (!found)
    throw new Error(
      `no post ${key} among ${show(given)
        .map((candidate) => candidate.key)
        .join(', ')}`,
    )
  return found.card
}
export const intents = (card: Card): Intent[] => [
  ...(card.buttons ?? []).map((button) => button.intent),
  ...(card.select ? [card.select.intent] : []),
  ...(card.form ? [card.form.intent] : []),
]
export const verbs = (card: Card): string[] => intents(card).map((intent) => intent.verb)
