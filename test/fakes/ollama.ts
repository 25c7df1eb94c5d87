import { z } from 'zod'
import { sampleOfSchema } from './sample-of-schema.ts'
import { type Fake, type Fault, startFake, type WireAnswer, type WireRequest } from './wire.ts'

export interface OllamaFakeOptions {
  readonly models?: readonly string[]
  /** what the model answers; default: the least that fits the schema */
  readonly answer?: (request: { system: string; user: string; schema: Record<string, unknown> }) => unknown
}

/** Ollama by its API document (docs/api.md): /api/tags and /api/chat without streaming. */
export function startOllamaFake(options: OllamaFakeOptions = {}): Promise<Fake> {
  return startFake({
    looks: (request) => request.method === 'GET',
    error: (_status, message) => ({ error: message }),
    answer(request, fault, violate) {
      if (request.method === 'GET' && request.path === '/api/tags')
        return json(200, { models: (options.models ?? ['gemma3:4b']).map(installed) })
      if (request.method !== 'POST' || request.path !== '/api/chat') {
        violate('no such endpoint')
        return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' }
      }
      try {
        return chat(request, fault, options)
      } catch (error) {
        violate(error instanceof z.ZodError ? z.prettifyError(error) : String(error))
        return json(400, { error: 'invalid request' })
      }
    },
  })
}

function installed(name: string): object {
  return {
    name,
    model: name,
    modified_at: '2026-01-02T03:04:05.678Z',
    size: 3_338_801_804,
    digest: 'a2af6cc3eb7fa8be8504abaf9b04e88f17a119ec3f04a3addf55f92841195f5a',
    details: {
      parent_model: '',
      format: 'gguf',
      family: 'gemma3',
      families: ['gemma3'],
      parameter_size: '4.3B',
      quantization_level: 'Q4_K_M',
    },
  }
}

const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant', 'tool']), content: z.string() }))
    .min(1),
  format: z.union([z.literal('json'), z.record(z.string(), z.unknown())]).optional(),
  options: z
    .strictObject({ num_ctx: z.int().min(1), temperature: z.number(), seed: z.int() })
    .partial()
    .optional(),
  stream: z.literal(false),
  keep_alive: z.union([z.string(), z.number()]).optional(),
})

function chat(request: WireRequest, fault: Fault | undefined, options: OllamaFakeOptions): WireAnswer {
  const body = chatRequest.parse(JSON.parse(request.body.toString('utf8')))
  if (!(options.models ?? ['gemma3:4b']).includes(body.model))
    return json(404, { error: `model '${body.model}' not found` })
  const schema = typeof body.format === 'object' ? body.format : {}
  const said = (role: string) => body.messages.find((message) => message.role === role)?.content ?? ''
  const letters = body.messages.reduce((sum, { content }) => sum + content.length, 0)
  if (letters / 3 > (body.options?.num_ctx ?? 4096))
    throw new Error('the prompt does not fit num_ctx: its beginning would be dropped silently')
  const value = options.answer
    ? options.answer({ system: said('system'), user: said('user'), schema })
    : sampleOfSchema(schema)
  const content = JSON.stringify(value)
  return json(200, {
    model: body.model,
    created_at: '2026-01-02T03:04:05.678Z',
    message: { role: 'assistant', content: answered(content, fault) },
    done: true,
    done_reason: 'stop',
    total_duration: 5_043_500_667,
    load_duration: 5_025_959,
    prompt_eval_count: 1000,
    prompt_eval_duration: 325_953_000,
    eval_count: 500,
    eval_duration: 4_709_213_000,
  })
}

function answered(content: string, fault: Fault | undefined): string {
  if (fault?.kind === 'refusal') return "I can't help with that."
  return fault?.kind === 'truncated' ? content.slice(0, -2) : content
}

function json(status: number, body: unknown): WireAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}
