import { toolVersion } from '#core/run.ts'
import { contracts } from '../stages/contracts.ts'

/** The command-line tools that the stages need, as found on this machine. */
export async function lookForTools(): Promise<readonly { name: string; version: string }[]> {
  const names = [...new Set(contracts.flatMap((contract): readonly string[] => contract.needs))].sort()
  const found = []
  // one after the other: looking should not slow down what runs
  for (const name of names) {
    const version = await toolVersion(name)
    if (version !== undefined) found.push({ name, version })
  }
  return found
}
