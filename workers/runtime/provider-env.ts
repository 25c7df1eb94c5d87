import type { Provider } from '#providers/define.ts'

export type Variables = Readonly<Record<string, string | undefined>>

export interface MergedEnv {
  readonly variables: Record<string, string>
  /** the workspace set something of this provider */
  readonly own: boolean
  /** the workspace set its address: fetched without the installation's trust */
  readonly ownAddress: boolean
}

/**
 * The variables of one provider for one workspace: the installation's, with the workspace's own laid over them. A workspace that
 * sets its own address gets none of the installation's secrets: they would be sent to an address of its choosing.
 */
export function mergeEnv(provider: Provider, installation: Variables, workspace: Variables): MergedEnv {
  const settable = new Set([...provider.secrets, ...(provider.settable ?? [])])
  const names = Object.keys(provider.env.shape)
  const own = names.filter((name) => settable.has(name) && filled(workspace[name]))
  const ownAddress = provider.address !== undefined && own.includes(provider.address)
  const variables: Record<string, string> = {}
  for (const name of names) {
    const theirs = own.includes(name) ? filled(workspace[name]) : undefined
    const ours = ownAddress && provider.secrets.includes(name) ? undefined : filled(installation[name])
    const value = theirs ?? ours
    if (value !== undefined) variables[name] = value
  }
  return { variables, own: own.length > 0, ownAddress }
}

function filled(value: string | undefined): string | undefined {
  return value?.trim() || undefined
}
