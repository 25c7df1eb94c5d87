import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Plan } from '#domain/plan.ts'
import { claimStep, planOf, stage, type EngineFixture, type StepRow } from './engine-fixture.ts'

interface Node {
  /** what it needs: indexes of nodes before it */
  readonly needs: readonly number[]
  readonly kind: 'stage' | 'checkpoint' | 'auto'
  readonly settles: boolean
  /** how it ends when it is asked */
  readonly good: boolean
}

const graph = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc.tuple(
    ...Array.from({ length: count }, (_, index) =>
      fc.record<Node>({
        needs: index === 0 ? fc.constant([]) : fc.uniqueArray(fc.integer({ min: 0, max: index - 1 }), { maxLength: 3 }),
        kind: fc.constantFrom('stage', 'stage', 'stage', 'checkpoint', 'auto'),
        settles: fc.boolean(),
        good: fc.boolean(),
      }),
    ),
  ),
)

/** Any plan, ended in any order, reaches the one state that its outcomes mean. */
export function engineRandom(fixture: () => EngineFixture): void {
  describe('any plan', () => {
    it('settles as its outcomes say, in whatever order they come, also paused and redone on the way', async () => {
      await fc.assert(
        fc.asyncProperty(graph, fc.infiniteStream(fc.nat()), fc.boolean(), async (nodes, chance, restless) => {
          const f = fixture()
          const runId = await f.start(planFor(nodes))
          await drive(f, runId, nodes, () => chance.next().value ?? 0, restless)
          const steps = await f.steps(runId)
          expect(nodes.map((_, index) => steps[`n${index}`]?.status)).toEqual(expected(nodes))
          expect(await f.runStatus(runId)).toBe(expectedRun(nodes))
        }),
        { numRuns: 40 },
      )
    }, 120_000)
  })
}

function planFor(nodes: readonly Node[]): Plan {
  return planOf((p) => {
    const made: ReturnType<typeof p.step>[] = []
    nodes.forEach(({ needs, kind, settles }, index) => {
      const after = needs.flatMap((need) => made[need] ?? [])
      const id = `n${index}`
      if (kind === 'stage') made.push(p.step(stage(id), {}, { after, settles }))
      else made.push(p.checkpoint(id, { review: { x: 1 } as never, auto: kind === 'auto', after }))
    })
  })
}

/** Asks one step after the other, in the order that chance gives, until nothing is left to ask. */
async function drive(
  f: EngineFixture,
  runId: string,
  nodes: readonly Node[],
  chance: () => number,
  restless: boolean,
): Promise<void> {
  const { scope, memberId } = f.tenant
  let redone = !restless
  for (;;) {
    const steps = Object.values(await f.steps(runId))
    const asked = steps.filter((step) => step.status === 'ready' || step.status === 'waiting_person')
    const step = asked[chance() % Math.max(1, asked.length)]
    if (!step) return
    if (restless && chance() % 4 === 0) {
      await f.engine.pause({ scope, runId })
      await f.engine.resume({ scope, runId })
    }
    await end(f, runId, step, nodes[Number(step.node.slice(1))]?.good ?? true)
    const done = steps.filter((other) => other.status === 'done')
    const again = done[chance() % Math.max(1, done.length)]
    if (redone || !again || asked.length < 2) continue
    redone = true
    await f.engine.redo({ scope, runId, node: again.node, fanKey: '', memberId })
  }
}

async function end(f: EngineFixture, runId: string, step: StepRow, good: boolean): Promise<void> {
  const { scope, memberId } = f.tenant
  const decision = { scope, stepId: step.id, revision: step.revision, memberId }
  if (step.status === 'waiting_person') {
    await (good ? f.engine.approve({ ...decision, output: {} }) : f.engine.reject(decision))
    return
  }
  const { id, fence } = await claimStep(f, runId, step.node)
  if (good) await f.engine.complete({ stepId: id, fence, output: {} })
  else await f.engine.fail({ stepId: id, fence, error: new AppError('NOT_MEDIA', 'no') })
}

function expected(nodes: readonly Node[]): readonly string[] {
  const states: string[] = []
  for (const { needs, kind, settles, good } of nodes) {
    const broken = needs.some((need) => states[need] !== 'done')
    if (broken && !(settles && kind === 'stage')) states.push('skipped')
    else if (good || kind === 'auto') states.push('done')
    else states.push(kind === 'stage' ? 'failed' : 'cancelled')
  }
  return states
}

function expectedRun(nodes: readonly Node[]): string {
  const states = expected(nodes)
  if (states.every((state) => state === 'done')) return 'done'
  const needed = new Set(nodes.flatMap((node) => node.needs))
  if (states.some((state, index) => state === 'done' && !needed.has(index))) return 'done_with_failures'
  return states.includes('failed') ? 'failed' : 'cancelled'
}
