import { fileURLToPath } from 'node:url'
import { run } from '#core/run.ts'
import type { Tally } from './tally.ts'
import { STATIC_STEPS } from './static-steps.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const AT_ONCE = 2

/** Format, lint, types, layers, dead code: prints a line each, and all that a failed one said. Each counts as one. */
export async function staticChecks(signal: AbortSignal): Promise<Tally> {
  const waiting = [...STATIC_STEPS]
  const tally = { passed: 0, failed: 0 }
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) tally[await checkStep(step, signal)]++
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return tally
}

async function checkStep({ name, args }: (typeof STATIC_STEPS)[number], signal: AbortSignal): Promise<keyof Tally> {
  const started = performance.now()
  const said: string[] = []
  const failed = await run(process.execPath, args, {
    cwd: PROJECT,
    signal,
    nice: false,
    onLine: (line) => said.push(line),
  }).then(
    () => false,
    () => true,
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${failed ? '✗' : '✓'} ${name} (${seconds} s)`)
  if (failed) console.log(said.map((line) => `    ${line}`).join('\n'))
  return failed ? 'failed' : 'passed'
}
