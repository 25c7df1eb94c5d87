import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { providers } from '#providers/index.ts'
import { stageBench, type StageBench } from './stage-context.ts'

/** A bench for one test, with the local engines unless told otherwise; folder and connections go when the test ends. */
export async function testBench(
  options: Partial<Parameters<typeof stageBench>[0]> = {},
): Promise<StageBench & { dir: string; file: (name: string) => string }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-stage-'))
  const bench = await stageBench({
    dir,
    providers: providers.filter((provider) => provider.local && (provider.draft || provider.id === 'captions')),
    ...options,
  })
  onTestFinished(async () => {
    await bench.close()
    await rm(dir, { recursive: true, force: true })
  })
  return { ...bench, dir, file: (name) => path.join(dir, name) }
}
