import type { Ollama } from 'ollama'
import { AppError } from '#core/errors.ts'
import { defineProvider, type ProviderContext, type Usage } from '../define.ts'
import { brokenAnswer, callService } from '../service.ts'
import { askStructured, type ChatMessage, jsonSchema } from '../structured.ts'
import { chatAnswer, installedModels, ollamaEnv, type OllamaEnv } from './schema.ts'

const LIMITS = { concurrency: 1, timeoutMs: 600_000 }
const LOOK_MS = 2000

/** Models on one's own machine, by Ollama. Nothing leaves it and nothing is paid. */
export const ollama = defineProvider({
  id: 'ollama',
  capability: 'text',
  env: ollamaEnv,
  secrets: [],
  settable: ['OLLAMA_HOST', 'OLLAMA_MODEL'],
  address: 'OLLAMA_HOST',
  needs: [],
  rank: { quality: 60, speed: 40 },
  limits: LIMITS,
  local: true,
  draft: false,

  async discover(env, context, signal) {
    const names = await listModels(env, context, signal)
    if (names === 'unreachable') return { reason: 'providers.reason.unreachable', missing: ['OLLAMA_HOST'] }
    const chat = names.filter((name) => !/embed/iu.test(name))
    const model = env.OLLAMA_MODEL
      ? chat.find((name) => name === env.OLLAMA_MODEL || name === `${env.OLLAMA_MODEL}:latest`)
      : chat[0]
    if (!model) return { reason: 'providers.reason.noModel', missing: ['OLLAMA_MODEL'], models: chat }
    return { model, models: chat }
  },

  supports: () => true,
  model: (_env, found) => found.model,

  create(env, context, found) {
    const model = found.model ?? ''
    return {
      async complete({ system, user, schema, signal }) {
        const { schema: format } = jsonSchema(schema)
        return askStructured({
          provider: 'ollama',
          system,
          user,
          schema,
          ask: (messages) => askChat(env, context, { model, messages, format, signal }),
        })
      },
    }
  },
})

async function listModels(
  env: OllamaEnv,
  context: ProviderContext,
  signal: AbortSignal,
): Promise<string[] | 'unreachable'> {
  try {
    const answer = await callOllama(env, context, { timeoutMs: LOOK_MS, signal }, async (client) => client.list())
    return installedModels.parse(answer).models.map(({ name }) => name)
  } catch (error) {
    if (error instanceof AppError && error.code === 'CANCELLED') throw error
    return 'unreachable'
  }
}

interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly format: object
  readonly signal: AbortSignal
}

async function askChat(
  env: OllamaEnv,
  context: ProviderContext,
  request: ChatRequest,
): Promise<{ text: string; usage: Usage }> {
  const { model, messages, format } = request
  const options = { num_ctx: contextTokens(messages) }
  const timeoutMs = context.timeoutMs ?? LIMITS.timeoutMs
  const answer = await callOllama(env, context, { timeoutMs, signal: request.signal }, async (client) =>
    client.chat({ model, messages: messages.map((message) => ({ ...message })), format, options, stream: false }),
  )
  const parsed = chatAnswer.safeParse(answer)
  if (!parsed.success) throw brokenAnswer('ollama', parsed.error)
  if (parsed.data.done_reason === 'length')
    throw brokenAnswer('ollama', new Error('the answer was cut off at the token limit'))
  const { prompt_eval_count: tokensIn, eval_count: tokensOut } = parsed.data
  return {
    text: parsed.data.message.content,
    usage: { model: parsed.data.model, tokensIn: tokensIn ?? 0, tokensOut: tokensOut ?? 0 },
  }
}

// its default window silently drops the beginning of a longer prompt: room for the prompt (≥ 3 letters a token) and as much answer
function contextTokens(messages: readonly ChatMessage[]): number {
  const letters = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.min(65_536, Math.max(8192, Math.ceil(((letters / 3) * 2) / 4096) * 4096))
}

async function callOllama<T>(
  env: OllamaEnv,
  context: ProviderContext,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  call: (client: Ollama) => Promise<T>,
): Promise<T> {
  const { Ollama: Client } = await import('ollama')
  // what a server listens on is not always an address to call
  const host = env.OLLAMA_HOST.replace('0.0.0.0', '127.0.0.1')
  return callService({ provider: 'ollama', timeoutMs, signal, fetch: context.fetch }, (fetch) =>
    call(new Client({ host, fetch })),
  )
}
