/**
 * What the value of a redo's select lays over the step's input: 'again' (nothing), 'provider:<id>' or 'voice:<provider>:<id>'.
 * Undefined: not such a value.
 */
export function redoOverrides(value: string | undefined): { provider?: string; voice?: string } | undefined {
  if (value === undefined || value === '' || value === 'again') return {}
  const match = /^(provider|voice):([a-z0-9_-]{1,40})(?::(.{1,200}))?$/u.exec(value)
  const [, kind, provider, voice] = match ?? []
  if (provider === undefined || (kind === 'voice') !== (voice !== undefined)) return undefined
  return voice === undefined ? { provider } : { provider, voice }
}
