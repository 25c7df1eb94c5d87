import type { Card, CardButton, Intent, Verb } from '#domain/card.ts'
import type { RunView, StepErrorView, StepView } from '#domain/project-view.ts'
import { errorWords } from '../error-words.ts'
import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'
import { needsAnswer } from '../needs-answer.ts'
import { keyButton, languageSelect, uploadForm } from './remedies.ts'

/** One post for each step that failed for good: what is wrong, and the buttons that can fix it. */
export function failurePosts(scene: Scene): DatedPost[] {
  return scene.steps.flatMap((step) => {
    const { error } = step
    if (step.status !== 'failed' || !error) return []
    const at = error.at ?? step.finishedAt ?? scene.view.project.createdAt
    return [
      {
        key: step.fanKey === '' ? `error:${step.node}` : `error:${step.node}:${step.fanKey}`,
        // seconds: a retry that fails again is a new post, and the same failure stays the same one
        generation: Math.floor(at.getTime() / 1000),
        at,
        mentions: openRun(scene) ? scene.mentions : [],
        card: failureCard(scene, step, error),
      },
    ]
  })
}

function failureCard(scene: Scene, step: StepView, error: StepErrorView): Card {
  const { t, say } = scene
  const name = say.word(`stages.${step.stage}`, step.stage)
  const asks = needsAnswer(step) && openRun(scene) !== undefined
  const title = t(asks ? 'cards.answerTitle' : 'cards.failureTitle', { step: name })
  return {
    title: step.fanKey === '' ? title : `${title} · ${say.language(step.fanKey)}`,
    text: errorWords(scene, error),
    tone: asks ? 'ask' : 'failed',
    ...remedies(scene, step, error),
  }
}

/** What a person can do about it, by the kind of failure. Trying again is offered always: it costs nothing and may help. */
function remedies(scene: Scene, step: StepView, error: StepErrorView): Pick<Card, 'buttons' | 'select' | 'form'> {
  const { t } = scene
  const run = openRun(scene)
  if (!run) return {}
  // a failed step has no version: the moment of its failure tells this failure from the next
  const version = error.at ? Math.floor(error.at.getTime() / 1000) : step.attempt
  const intent = (verb: Verb, action: string, payload?: object): Intent => ({
    action,
    verb,
    target: step.id,
    version,
    role: 'editor',
    oneShot: true,
    // to the ms: a retry that fails again within the same second offers unused buttons
    payload: { ...payload, ...(error.at && { failedAt: error.at.getTime() }) },
  })
  const retry: CardButton = { intent: intent('retry', 'step.retry'), label: t('cards.retry'), style: 'primary' }
  const cancel: CardButton[] = ENDED.has(run.status)
    ? []
    : [
        {
          intent: {
            action: 'run.cancel',
            verb: 'cancel',
            target: run.id,
            version: run.ordinal,
            role: 'editor',
            oneShot: false,
          },
          label: t('cards.cancel'),
          style: 'danger',
        },
      ]
  const key = KEYS_HELP.has(error.code) ? [keyButton(scene)] : []
  const upload = TRANSCRIPT_HELPS.has(error.code) ? { form: uploadForm(scene, intent('upload', 'step.upload')) } : {}
  const select = needsAnswer(step)
    ? { select: languageSelect(scene, intent('choose', 'step.retry', { field: 'from' }), error) }
    : {}
  return { buttons: [retry, ...key, ...cancel], ...upload, ...select }
}

/** The run, unless it was cancelled: then nothing is asked, and nobody needs to look. */
function openRun({ view }: Scene): RunView | undefined {
  return view.run?.status === 'cancelled' ? undefined : view.run
}

const ENDED: ReadonlySet<string> = new Set(['done', 'done_with_failures'])
const KEYS_HELP: ReadonlySet<string> = new Set(['NO_TRANSCRIBER', 'NO_TRANSLATOR', 'NO_VOICE', 'PROVIDER_KEY'])
const TRANSCRIPT_HELPS: ReadonlySet<string> = new Set([
  'NO_TRANSCRIBER',
  'BAD_SUBTITLES',
  'LINE_TOO_LONG',
  'LOW_QUALITY',
])
