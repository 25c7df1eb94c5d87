const SECRET_NAME = /(api[-_]?key|secret|token(?!s)|passw|authorization|cookie|credential|private[-_]?key)/i
const SECRET_TEXT: readonly [RegExp, string][] = [
  [/(\bbot)\d{5,}:[\w-]{20,}/g, '$1[secret]'],
  [/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [/(:\/\/)[^\s/@:]*:[^\s/@]+@/g, '$1[secret]@'],
  [/\b(?:sk|xi|gsk|pk)[-_][\w-]{16,}/g, '[secret]'],
  [/([?&](?:[\w-]*(?:token|key|sig|signature|secret|password))=)[^&\s"']+/gi, '$1[secret]'],
]
const MAX_DEPTH = 8

/** A copy for logs: errors as plain objects with their causes, and nothing in it that looks like a secret. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  if (value instanceof Error) return redactEntries({ ...value, ...errorFacts(value) }, depth)
  if (value instanceof Map || value instanceof Set) return redact([...value], depth + 1)
  return redactEntries(value, depth)
}

function redactText(text: string): string {
  return SECRET_TEXT.reduce((rest, [pattern, put]) => rest.replace(pattern, put), text)
}

// these are not enumerable, so a spread would lose them
function errorFacts({ name, message, stack, cause }: Error): Record<string, unknown> {
  return { type: name, message, stack, ...(cause !== undefined && { cause }) }
}

function redactEntries(value: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(value)) {
    if (typeof entry === 'function') continue
    copy[name] = SECRET_NAME.test(name) && entry !== undefined && entry !== null ? '[secret]' : redact(entry, depth + 1)
  }
  return copy
}
