import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { run } from '#core/run.ts'

const TOOL = fileURLToPath(new URL('../../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', import.meta.url))
const CONFIG = fileURLToPath(new URL('../../.dependency-cruiser.mjs', import.meta.url))

const cruised = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

export interface Cruise {
  /** how many of our own files were read */
  readonly files: number
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[]
}

/** Reads the imports of `folders` below `root`, and judges them by .dependency-cruiser.mjs. */
export async function cruise(root: string, folders: readonly string[]): Promise<Cruise> {
  const { stdout } = await run(process.execPath, [TOOL, '--config', CONFIG, '--output-type', 'json', ...folders], {
    cwd: root,
    maxOutputBytes: 64 * 1024 * 1024,
  })
  const { modules, summary } = cruised.parse(JSON.parse(stdout))
  return {
    files: modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`))).length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}
