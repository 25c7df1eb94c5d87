import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import type { ClaimedStep, Engine } from '#engine/engine.ts'
import type { Timings } from '#engine/timings.ts'
import type { Stage, StageContext } from '../stages/define.ts'
import type { OnDevice } from './gpu-devices.ts'
import type { HeldStep } from './held-steps.ts'
import { resultKey } from './result-key.ts'
import type { Results } from './results.ts'
import { isDatabaseDown, sortError } from '#core/sort-error.ts'
import type { RunContext } from './stage-context.ts'
import type { WorkFolders } from './work-folders.ts'

export interface StepRuntime {
  readonly engine: Engine
  readonly results: Results
  readonly folders: WorkFolders
  readonly timings: Timings
  readonly log: Logger
  /** for steps of the resource gpu */
  readonly onDevice: OnDevice
  stage(name: string): Promise<Stage | undefined>
  context(
    step: ClaimedStep,
    around: { workDir: string; signal: AbortSignal; log: Logger; progress: StageContext['progress'] },
  ): Promise<RunContext>
}

/** How long a stage may take to notice that it was aborted before it is left alone, ms. */
const ABORT_GRACE_MS = 5_000
const STORE_AGAIN_MS = 500

/**
 * Runs a claimed step from input to its stored end. Never throws. `chainTo`: the worker that would take the next step of the
 * chain at once; returns that step, claimed.
 */
export async function runStep(
  runtime: StepRuntime,
  step: ClaimedStep,
  held: HeldStep,
  chainTo?: string,
): Promise<ClaimedStep | null> {
  const log = runtime.log.child({ project: step.projectId, step: step.id, stage: step.stage, branch: step.fanKey })
  try {
    const made = await makeOutput(runtime, step, held, log)
    // before the step is done: whoever waits for that may ask for the same at once
    await made.keep?.().catch((error: unknown) => log.warn({ err: error }, 'the result is not kept for reuse'))
    const { completed, next } = await store(runtime, step, made, chainTo)
    if (!completed) log.info('the step was not ours any more; its output is dropped')
    return next
  } catch (thrown) {
    await endBadly(runtime, step, held, thrown, log).catch((error: unknown) =>
      log.error({ err: error }, 'could not store how the step ended'),
    )
    return null
  } finally {
    held.release()
  }
}

function store(runtime: StepRuntime, step: ClaimedStep, { output, reused }: Made, workerId: string | undefined) {
  const { engine } = runtime
  const end = { stepId: step.id, fence: step.fence, output, reused }
  return persistently(runtime, async () =>
    workerId === undefined
      ? { completed: await engine.complete(end), next: null }
      : engine.completeAndClaim({ ...end, workerId }),
  )
}

interface Made {
  readonly output: unknown
  readonly reused: boolean
  readonly keep?: () => Promise<void>
}

async function makeOutput(runtime: StepRuntime, step: ClaimedStep, held: HeldStep, log: Logger): Promise<Made> {
  const stage = await runtime.stage(step.stage)
  if (!stage) throw new AppError('INTERNAL', `this worker does not know the stage ${step.stage}`)
  const { contract } = stage
  const input = parse(contract.input, step.input, `the input of ${step.stage}`)
  return runtime.folders.within(step, async (workDir) => {
    const signal = AbortSignal.any([held.signal, AbortSignal.timeout(step.timeoutMs)])
    const context = await runtime.context(step, { workDir, signal, log, progress: held.progress })
    const asker = { scope: step.scope, projectId: step.projectId, stepId: step.id }
    const key = contract.reuseMs > 0 ? await keyOf(contract, input, step.redo, context) : undefined
    const known = key === undefined ? undefined : contract.output.safeParse(await runtime.results.find(asker, key))
    if (known?.success) return { output: known.data, reused: true }
    const output = parse(
      contract.output,
      await abortable(
        contract.resource === 'gpu' ? runtime.onDevice(() => stage.run(input, context)) : stage.run(input, context),
        signal,
      ),
      `the output of ${step.stage}`,
    )
    // what a stand-in made is not what the key's provider would make: it is not kept
    if (key === undefined || context.hadTrouble()) return { output, reused: false }
    return { output, reused: false, keep: () => runtime.results.keep(asker, key, output, contract.reuseMs) }
  })
}

async function keyOf(contract: Stage['contract'], input: unknown, redo: number, context: RunContext): Promise<string> {
  const providers: (string | null)[] = []
  for (const { capability, provider, strategy, ...need } of contract.providers?.(input) ?? []) {
    const [first] = await context.resolved(capability, { provider, strategy }, need)
    providers.push(first ?? null)
  }
  return resultKey(['stage', contract.name, contract.version, input, providers, redo])
}

function parse(schema: Stage['contract']['input'], value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('INTERNAL', `${what} is not of its shape: ${parsed.error.message}`, { cause: parsed.error })
}

/** A stage that does not notice its signal must not hold its place for ever. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const given = new AbortController()
  const left = new Promise<never>((_, reject) => {
    const leave = (): void => {
      sleep(ABORT_GRACE_MS, undefined, { signal: given.signal }).then(
        () => reject(signal.reason as Error),
        () => undefined,
      )
    }
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true, signal: given.signal })
  })
  try {
    return await Promise.race([work, left])
  } finally {
    given.abort()
    work.catch(() => undefined)
  }
}

async function endBadly(
  runtime: StepRuntime,
  step: ClaimedStep,
  held: HeldStep,
  thrown: unknown,
  log: Logger,
): Promise<void> {
  const { engine } = runtime
  const attempt = { stepId: step.id, fence: step.fence }
  if (held.signal.aborted) {
    if (held.draining()) await persistently(runtime, () => engine.handBack(attempt))
    else log.info('stopped: paused, cancelled, redone or given to another worker')
    return
  }
  const timedOut = thrown instanceof Error && thrown.name === 'TimeoutError'
  const error = timedOut
    ? new AppError('TIMEOUT', `${step.stage} took too long`, { cause: thrown, data: { timeoutMs: step.timeoutMs } })
    : sortError(thrown)
  log.warn({ err: error, code: error.code, attempt: step.attempt }, 'a step failed')
  await persistently(runtime, () => engine.fail({ ...attempt, error }))
}

/** A finished step is worth waiting for a database that restarts; after a while its heartbeat has lost it anyway. */
async function persistently<T>({ timings }: StepRuntime, store: () => Promise<T>): Promise<T> {
  const end = Date.now() + 2 * timings.deadAfterMs
  for (;;) {
    try {
      return await store()
    } catch (error) {
      if (!isDatabaseDown(error) || Date.now() > end) throw error
      await sleep(timings.scale(STORE_AGAIN_MS))
    }
  }
}
