import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { run } from '#core/run.ts'
import type { Tally } from './tally.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Runs tests with vitest, showing what it says as it says it. A file that does not load, and a run that breaks off, count as failed. */
export async function runTests(args: readonly string[], signal: AbortSignal): Promise<Tally> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-tests-'))
  const file = path.join(dir, 'report.json')
  try {
    const command = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ]
    const ended = await run(process.execPath, command, {
      cwd: PROJECT,
      signal,
      nice: false,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      onLine: (line) => console.log(line),
    }).then(
      () => true,
      () => false,
    )
    return await readTally(file, ended)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function readTally(file: string, ended: boolean): Promise<Tally> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = report.parse(JSON.parse(text))
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = numFailedTests + unloaded
  // an error outside any test fails the run too
  return { passed: numPassedTests, failed: failed === 0 && !ended ? 1 : failed }
}
