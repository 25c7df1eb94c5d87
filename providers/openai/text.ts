import { AppError } from '#core/errors.ts'
import type { ProviderContext, TextCapability, Usage } from '../define.ts'
import { brokenAnswer } from '../service.ts'
import { askStructured, type ChatMessage, jsonSchema, refusal } from '../structured.ts'
import { callOpenai } from './client.ts'
import { chatCompletion, type OpenaiEnv } from './schema.ts'

/** Chat completions with the shape as a JSON Schema; servers that know no schemas get it in words, and plain JSON mode. */
export function createText(env: OpenaiEnv, context: ProviderContext, model: string, timeoutMs: number): TextCapability {
  let plainJson = false
  return {
    async complete({ system, user, schema, schemaName, signal }) {
      const shape = jsonSchema(schema)
      const format = { type: 'json_schema', json_schema: { name: schemaName, ...shape } }
      const ask = (messages: readonly ChatMessage[]) =>
        askChat(env, context, { model, timeoutMs, signal, messages, format })
      const askPlainly = (messages: readonly ChatMessage[]) =>
        askChat(env, context, {
          model,
          timeoutMs,
          signal,
          messages: withShape(messages, shape.schema),
          format: { type: 'json_object' },
        })
      return askStructured({
        provider: 'openai',
        system,
        user,
        schema,
        async ask(messages) {
          if (plainJson) return askPlainly(messages)
          try {
            return await ask(messages)
          } catch (error) {
            if (!knowsNoSchemas(error)) throw error
            plainJson = true
            return askPlainly(messages)
          }
        },
      })
    },
  }
}

interface ChatRequest {
  readonly model: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly messages: readonly ChatMessage[]
  readonly format: object
}

async function askChat(
  env: OpenaiEnv,
  context: ProviderContext,
  request: ChatRequest,
): Promise<{ text: string; usage: Usage }> {
  const { model, messages, format } = request
  const answer = await callOpenai(env, context, request, async (client) =>
    client.post('/chat/completions', { body: { model, messages, response_format: format } }),
  )
  const parsed = chatCompletion.safeParse(answer)
  if (!parsed.success) throw brokenAnswer('openai', parsed.error)
  const [choice] = parsed.data.choices
  const { content, refusal: said } = choice?.message ?? {}
  if (said) throw refusal('openai', said)
  if (choice?.finish_reason === 'content_filter') throw refusal('openai', 'content filter')
  if (choice?.finish_reason === 'length')
    throw brokenAnswer('openai', new Error('the answer was cut off at the token limit'))
  const { usage } = parsed.data
  return {
    text: content ?? '',
    usage: {
      model: parsed.data.model ?? model,
      ...(usage && { tokensIn: usage.prompt_tokens, tokensOut: usage.completion_tokens }),
    },
  }
}

// 400 and 422 say what they dislike; a policy refusal is not about the format
function knowsNoSchemas(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'PROVIDER_REFUSED') return false
  return (
    [400, 422].includes(Number(error.data['status'])) &&
    /response_format|json_schema|schema|unsupported|unrecognized/iu.test(error.message)
  )
}

function withShape(messages: readonly ChatMessage[], schema: object): ChatMessage[] {
  const words = `\n\nAnswer with one JSON object only, of this JSON Schema:\n${JSON.stringify(schema)}`
  return messages.map((message) =>
    message.role === 'system' ? { ...message, content: message.content + words } : message,
  )
}
