import { tmpdir } from 'node:os'
import { z } from 'zod'
import { readEnv } from '../env.ts'

/** What a caller may set for a tool, beyond what every tool gets. */
export type ToolVariable = 'LANG' | 'CUDA_VISIBLE_DEVICES' | 'http_proxy' | 'https_proxy' | 'all_proxy'

/** The whole environment of a tool: never the parent's, which holds keys. */
export function toolEnvironment(
  workDir: string | undefined,
  extra: Partial<Record<ToolVariable, string>> = {},
): Record<string, string> {
  const { PATH } = readEnv({ PATH: z.string().default('/usr/local/bin:/usr/bin:/bin') })
  const home = workDir ?? tmpdir()
  return { PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', ...extra }
}
