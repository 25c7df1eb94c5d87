import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import type { Usage } from './define.ts'
import { brokenAnswer } from './service.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/**
 * Asks for JSON of a shape, and once more with the fault named when the answer does not fit. Usage is the sum of both.
 * @throws AppError PROVIDER_OUTPUT when the second answer does not fit either.
 */
export async function askStructured<T>(request: {
  readonly provider: string
  readonly system: string
  readonly user: string
  readonly schema: z.ZodType<T>
  ask(messages: readonly ChatMessage[]): Promise<{ text: string; usage: Usage }>
}): Promise<{ value: T; usage: Usage }> {
  const messages: ChatMessage[] = [
    { role: 'system', content: request.system },
    { role: 'user', content: request.user },
  ]
  const first = await request.ask(messages)
  const parsed = parseAnswer(first.text, request.schema)
  if (parsed.ok) return { value: parsed.value, usage: first.usage }
  const second = await request.ask([
    ...messages,
    { role: 'assistant', content: first.text },
    { role: 'user', content: `That does not fit: ${parsed.why}. Answer again with the corrected JSON only.` },
  ])
  const repaired = parseAnswer(second.text, request.schema)
  if (repaired.ok) return { value: repaired.value, usage: addUsage(first.usage, second.usage) }
  throw brokenAnswer(request.provider, new Error(repaired.why))
}

/** The JSON Schema of `schema` as vendors want it, and whether it is one that a strict mode accepts. */
export function jsonSchema(schema: z.ZodType): { schema: Record<string, unknown>; strict: boolean } {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    unrepresentable: 'any',
  }) as Record<string, unknown>
  return { schema: rest, strict: rest['type'] === 'object' && isStrict(rest) }
}

// strict modes want every property required and nothing beyond them, all the way down
function isStrict(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(isStrict)
  if (typeof node !== 'object' || node === null) return true
  const { type, properties, required, additionalProperties } = node as Record<string, unknown>
  if (type === 'object') {
    const names = Object.keys((properties as object | undefined) ?? {})
    const listed = Array.isArray(required) ? required : []
    if (additionalProperties !== false || names.some((name) => !listed.includes(name))) return false
  }
  return Object.values(node).every(isStrict)
}

type Parsed<T> = { ok: true; value: T } | { ok: false; why: string }

function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown
  try {
    json = JSON.parse(bareJson(text))
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'not JSON' }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, why: z.prettifyError(parsed.error).slice(0, 500) }
}

// models without a schema mode think aloud or fence their answer
function bareJson(text: string): string {
  const answer = text.replace(/<think>[\s\S]*?<\/think>/g, '').trim()
  const start = answer.search(/[[{]/)
  const end = Math.max(answer.lastIndexOf('}'), answer.lastIndexOf(']'))
  return start >= 0 && end > start ? answer.slice(start, end + 1) : answer
}

function addUsage(a: Usage, b: Usage): Usage {
  return {
    ...a,
    ...b,
    tokensIn: (a.tokensIn ?? 0) + (b.tokensIn ?? 0),
    tokensOut: (a.tokensOut ?? 0) + (b.tokensOut ?? 0),
  }
}

/** The vendor's model declined, in its own words. */
export function refusal(provider: string, said: string): AppError {
  return new AppError('PROVIDER_REFUSED', `${provider} refused: ${said.slice(0, 300)}`, {
    data: { provider, said: said.slice(0, 200) },
  })
}
