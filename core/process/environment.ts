import { AsyncLocalStorage } from 'node:async_hooks'
import { tmpdir } from 'node:os'
import { z } from 'zod'
import { readEnv } from '../env.ts'

/** What a caller may set for a tool, beyond what every tool gets. */
export type ToolVariable = 'LANG' | 'CUDA_VISIBLE_DEVICES' | 'http_proxy' | 'https_proxy' | 'all_proxy'

const inherited = new AsyncLocalStorage<Partial<Record<ToolVariable, string>>>()

/** Every tool that `work` starts, however deep below, gets these variables. */
export function withToolVariables<T>(variables: Partial<Record<ToolVariable, string>>, work: () => T): T {
  return inherited.run(variables, work)
}

/** The whole environment of a tool: never the parent's, which holds keys. */
export function toolEnvironment(
  workDir: string | undefined,
  extra: Partial<Record<ToolVariable, string>> = {},
): Record<string, string> {
  const { PATH } = readEnv({ PATH: z.string().default('/usr/local/bin:/usr/bin:/bin') })
  const home = workDir ?? tmpdir()
  return { PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', ...inherited.getStore(), ...extra }
}
