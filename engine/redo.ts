import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { inTransaction } from './in-transaction.ts'
import { loadDraft, outputReader } from './load-draft.ts'
import { addPlanSteps } from './plan-steps.ts'
import { regenerate } from './regenerate.ts'
import { dependenciesOf, dependentsOf, liveStep, patch, type DraftStep, type RunDraft } from './run-draft.ts'
import { saveDraft } from './save-draft.ts'
import { seedDraft } from './seed-draft.ts'
import { settle } from './settle.ts'
import { newRun } from './start-run.ts'

type Request = Parameters<Engine['redo']>[0]

/**
 * A new generation of a node and of all that depends on it; older attempts are fenced off and their workers told. On a
 * run that is over it makes the next run, seeded from its results. Throws NOT_FOUND.
 */
export async function redo(pool: pg.Pool, request: Request): Promise<{ runId: string }> {
  return inTransaction(pool, async (client) => {
    const found = await loadDraft(client, request.runId, request.scope)
    const over = !['active', 'waiting', 'paused'].includes(found.run.status)
    const draft = over ? await nextRun(client, found) : found
    redoIn(draft, request)
    await settle(draft, outputReader(client))
    await saveDraft(client, draft)
    return { runId: draft.run.id }
  })
}

async function nextRun(client: pg.ClientBase, ended: RunDraft): Promise<RunDraft> {
  const { scope, projectId, plan, priority } = ended.run
  const draft = await newRun(client, { scope, projectId, plan, priority })
  addPlanSteps(draft)
  await seedDraft(draft, ended, outputReader(client), { carryBroken: true })
  return draft
}

function redoIn(draft: RunDraft, { node, fanKey, memberId, overrides, output }: Request): void {
  const target = liveStep(draft, node, fanKey)
  if (!target) throw new AppError('NOT_FOUND', `the run has no ${node} ${fanKey}`)
  const broken = brokenBefore(draft, target)
  const steps = new Set([...broken, target].flatMap((step) => [step, ...dependentsOf(draft, step)]))
  const renewed = regenerate(draft, [...steps], (step) =>
    step === target
      ? { redo: step.redo + 1, overrides: overrides ? { ...step.overrides, ...overrides } : step.overrides }
      : {},
  )
  const fresh = renewed.get(target.id)
  if (output === undefined || !fresh) return
  patch(draft, fresh, {
    status: 'done',
    output,
    ...(fresh.kind === 'checkpoint' && { subject: output, decidedBy: memberId, decision: 'approved' as const }),
    needs: 0,
    finishedAt: draft.now,
  })
}

/** What a step depends on, near and far, that did not end well: it must run again too, or the redo could never start. */
function brokenBefore(draft: RunDraft, target: DraftStep): DraftStep[] {
  const before = new Set<DraftStep>()
  const collect = (step: DraftStep): void => {
    for (const other of dependenciesOf(draft, step)) {
      if (before.has(other)) continue
      before.add(other)
      collect(other)
    }
  }
  collect(target)
  return [...before].filter((step) => ['failed', 'cancelled', 'skipped'].includes(step.status))
}
