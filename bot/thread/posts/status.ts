import type { CardButton, ThreadPost, Tone } from '#domain/card.ts'
import type { RunView } from '#domain/project-view.ts'
import type { RunState } from '#domain/states.ts'
import { needsAnswer } from '../needs-answer.ts'
import { overallProgress } from '../overall-progress.ts'
import type { Scene } from '../scene.ts'
import { trackFields } from '../tracks.ts'

/** The one card of a run that is edited in place: how far each language is, and pause, resume, cancel. */
export function statusPost(scene: Scene): ThreadPost {
  const { view, t } = scene
  const { project, run } = view
  const progress = run && WORKING.has(run.status) ? overallProgress(scene) : undefined
  return {
    key: 'status',
    generation: run?.ordinal ?? 1,
    mentions: [],
    card: {
      title: t('cards.statusTitle', { number: project.number, title: project.title }),
      text: statusText(scene),
      tone: TONES[shownState(scene)],
      fields: [...requestFields(scene), ...trackFields(scene), ...costFields(scene)],
      ...(progress && { progress }),
      buttons: run ? runButtons(scene, run) : [],
    },
  }
}

const WORKING: ReadonlySet<RunState> = new Set(['active', 'paused', 'waiting'])

const TONES: Record<RunState, Tone> = {
  active: 'working',
  paused: 'info',
  waiting: 'info',
  done: 'done',
  done_with_failures: 'failed',
  failed: 'failed',
  cancelled: 'info',
}

/** What people are told: a run that stopped only to ask something waits, whatever the engine calls it. */
function shownState({ view, steps }: Scene): RunState {
  const failed = steps.filter((step) => step.status === 'failed')
  const state = view.run?.status ?? 'active'
  const stopped = state === 'failed' || state === 'done_with_failures'
  return stopped && failed.length > 0 && failed.every(needsAnswer) ? 'waiting' : state
}

function statusText(scene: Scene): string {
  const { view, t, say } = scene
  const state = t(`cards.run.${shownState(scene)}`)
  const missing = view.missingWorkers.map((resource) =>
    t('cards.noWorker', { resource: say.word(`cards.resource.${resource}`, resource) }),
  )
  return [state, ...missing].join('\n')
}

function requestFields({ view, t, say, name }: Scene): { name: string; value: string }[] {
  const { project } = view
  const targets = project.targets.map((tag) => say.language(tag)).join(', ')
  return [
    {
      name: t('cards.production'),
      value: say.word(`cards.kind.${project.kind}`, project.kind) + (targets && ` → ${targets}`),
    },
    { name: t('cards.requestedBy'), value: name(project.requestedBy) },
  ]
}

function costFields({ view, t, say }: Scene): { name: string; value: string }[] {
  return view.cost.micros > 0 ? [{ name: t('cards.cost'), value: say.money(view.cost.micros) }] : []
}

function runButtons({ view, t }: Scene, run: RunView): CardButton[] {
  const button = (verb: 'pause' | 'resume' | 'cancel', style: CardButton['style']): CardButton => ({
    intent: { action: `run.${verb}`, verb, target: run.id, version: run.ordinal, role: 'editor', oneShot: false },
    label: t(`cards.${verb}`),
    style,
  })
  if (run.status === 'paused') return [button('resume', 'primary'), button('cancel', 'danger')]
  if (run.status === 'active' || run.status === 'waiting')
    return [button('pause', 'secondary'), button('cancel', 'danger')]
  return endButtons(view.project.id, run, t)
}

/** What can be done with a production that has ended. */
function endButtons(projectId: string, run: RunView, t: Scene['t']): CardButton[] {
  const base = { target: projectId, version: run.ordinal } as const
  return [
    ...(run.status === 'done'
      ? []
      : [
          {
            intent: { ...base, action: 'project.reopen', verb: 'reopen', role: 'editor', oneShot: true },
            label: t('cards.reopen'),
            style: 'primary',
          } as const,
        ]),
    {
      intent: { ...base, action: 'project.export', verb: 'download', role: 'viewer', oneShot: false },
      label: t('cards.export'),
      style: 'secondary',
    },
    {
      intent: { ...base, action: 'project.delete', verb: 'delete', role: 'admin', oneShot: false },
      label: t('cards.delete'),
      style: 'danger',
    },
  ]
}
