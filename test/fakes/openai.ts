import { z } from 'zod'
import { wavDuration } from '#providers/wav-duration.ts'
import { sampleOfSchema } from './sample-of-schema.ts'
import { cutShort, spokenMs, toneWav } from './sound.ts'
import { type Fake, type Fault, startFake, type WireAnswer, type WireRequest } from './wire.ts'

export interface OpenaiFakeOptions {
  /** the key that it takes; absent: none is asked for, as by a server of one's own */
  readonly key?: string
  readonly models?: readonly string[]
  /** false: knows no `json_schema`, as many local servers */
  readonly schemas?: boolean
  /** what the model answers; default: the least that fits the schema */
  readonly answer?: (request: { system: string; user: string; schema: Record<string, unknown> | undefined }) => unknown
  /** what is heard: one sentence for every 4 s of sound. Default: 'Sentence <n> of the recording.' */
  readonly heard?: (index: number) => string
  readonly language?: string
}

/** An OpenAI-compatible service by OpenAI's API reference: /models, /chat/completions, /audio/transcriptions, /audio/speech under /v1. */
export function startOpenaiFake(options: OpenaiFakeOptions = {}): Promise<Fake> {
  return startFake({
    looks: (request) => request.method === 'GET',
    error: (_status, message) => openaiError(message, null),
    async answer(request, fault, violate) {
      const wrong = checkKey(request, options.key)
      if (wrong) return json(401, openaiError(wrong, 'invalid_api_key'))
      const route = ROUTES[`${request.method} ${request.path}`]
      if (!route) {
        if (request.method !== 'GET') violate('no such endpoint')
        return json(404, openaiError(`Invalid URL (${request.method} ${request.path})`, null))
      }
      try {
        return await route(request, fault, options)
      } catch (error) {
        violate(error instanceof z.ZodError ? z.prettifyError(error) : String(error))
        return json(400, openaiError('The request does not fit the API reference', null))
      }
    },
  })
}

type Route = (
  request: WireRequest,
  fault: Fault | undefined,
  options: OpenaiFakeOptions,
) => WireAnswer | Promise<WireAnswer>

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /v1/models': (_request, _fault, options) => {
    const models = options.models ?? ['gpt-5.6-terra', 'whisper-1', 'gpt-4o-mini-tts']
    return json(200, {
      object: 'list',
      data: models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'system' })),
    })
  },
  'POST /v1/chat/completions': chat,
  'POST /v1/audio/transcriptions': transcription,
  'POST /v1/audio/speech': speech,
}

const schemaFormat = z.strictObject({
  type: z.literal('json_schema'),
  json_schema: z.strictObject({
    name: z.string().regex(/^[\w-]{1,64}$/u),
    description: z.string().optional(),
    strict: z.boolean().nullish(),
    schema: z.record(z.string(), z.unknown()),
  }),
})

const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['developer', 'system', 'user', 'assistant']), content: z.string() }))
    .min(1),
  response_format: z.union([schemaFormat, z.strictObject({ type: z.enum(['json_object', 'text']) })]).optional(),
  temperature: z.number().min(0).max(2).optional(),
  max_completion_tokens: z.int().min(1).optional(),
})

function chat(request: WireRequest, fault: Fault | undefined, options: OpenaiFakeOptions): WireAnswer {
  jsonType(request)
  const body = chatRequest.parse(JSON.parse(request.body.toString('utf8')))
  const format = body.response_format
  const asked = format?.type === 'json_schema' ? format.json_schema : undefined
  if (asked && options.schemas === false)
    return json(400, openaiError("response_format.type 'json_schema' is not supported by this model", null))
  if (asked?.strict) assertStrict(asked.schema)
  const said = (role: string) => body.messages.filter((message) => message.role === role).map(({ content }) => content)
  if (format?.type === 'json_object' && !said('system').concat(said('user')).join(' ').includes('JSON')) {
    return json(400, openaiError("'messages' must contain the word 'json' in some form", null))
  }
  const schema = asked?.schema ?? schemaInWords(said('system').join('\n'))
  const value = options.answer
    ? options.answer({ system: said('system').join('\n'), user: said('user')[0] ?? '', schema })
    : sampleOfSchema(schema ?? {})
  const refused = fault?.kind === 'refusal'
  const content = fault?.kind === 'truncated' ? JSON.stringify(value).slice(0, -2) : JSON.stringify(value)
  return json(200, {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: body.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused ? null : content,
          refusal: refused ? "I'm sorry, I can't help with that." : null,
        },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
  })
}

// strict mode: every property required, none beyond them, all the way down (guide "Structured outputs", supported schemas)
function assertStrict(schema: unknown): void {
  if (Array.isArray(schema)) return schema.forEach(assertStrict)
  if (typeof schema !== 'object' || schema === null) return
  const { type, properties, required, additionalProperties } = schema as {
    type?: unknown
    properties?: object
    required?: unknown
    additionalProperties?: unknown
  }
  if (type === 'object') {
    const names = Object.keys(properties ?? {})
    if (additionalProperties !== false) throw new Error("strict schema: 'additionalProperties' must be false")
    if (names.some((name) => !(Array.isArray(required) && required.includes(name))))
      throw new Error("strict schema: 'required' must list every property")
  }
  Object.values(schema).forEach(assertStrict)
}

function schemaInWords(system: string): Record<string, unknown> | undefined {
  const start = system.indexOf('{"')
  return start < 0
    ? undefined
    : (JSON.parse(system.slice(start, system.lastIndexOf('}') + 1)) as Record<string, unknown>)
}

const transcriptionForm = z.strictObject({
  file: z.instanceof(File),
  model: z.string().min(1),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/u, 'ISO 639-1')
    .optional(),
  response_format: z.enum(['json', 'text', 'srt', 'verbose_json', 'vtt']).optional(),
  temperature: z.coerce.number().min(0).max(1).optional(),
  prompt: z.string().optional(),
  'timestamp_granularities[]': z.array(z.enum(['word', 'segment'])).optional(),
})

async function transcription(
  request: WireRequest,
  fault: Fault | undefined,
  options: OpenaiFakeOptions,
): Promise<WireAnswer> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data; boundary=')) throw new Error(`content-type ${type}`)
  const parsed = await new Response(new Uint8Array(request.body), { headers: { 'content-type': type } }).formData()
  const granularities = parsed.getAll('timestamp_granularities[]')
  const form = transcriptionForm.parse({
    ...Object.fromEntries(parsed.entries()),
    ...(granularities.length > 0 && { 'timestamp_granularities[]': granularities }),
  })
  const plainOnly = form.model.startsWith('gpt-')
  if (plainOnly && form.response_format !== 'json')
    return json(400, openaiError(`response_format '${form.response_format}' is not compatible with model`, null))
  if (granularities.length > 0 && form.response_format !== 'verbose_json')
    throw new Error('timestamp_granularities needs verbose_json')
  if (form.file.size > 25 * 1024 * 1024)
    return json(413, openaiError('Maximum content size limit (26214400) exceeded', null))
  if (fault?.kind === 'refusal') return json(400, openaiError('Invalid file format.', null))
  const bytes = Buffer.from(await form.file.arrayBuffer())
  const sound = wavDuration(bytes)
  if (!sound?.whole) return json(400, openaiError('Audio file might be corrupted or unsupported', 'invalid_value'))
  const heard = hear(sound.durationMs / 1000, options)
  const text = heard.segments.map((segment) => segment.text.trim()).join(' ')
  if (form.response_format !== 'verbose_json')
    return json(200, { text, usage: { type: 'duration', seconds: Math.ceil(heard.duration) } })
  const full = JSON.stringify({
    task: 'transcribe',
    language: options.language ?? 'english',
    duration: heard.duration,
    text,
    segments: heard.segments,
    ...(granularities.includes('word') && { words: heard.words }),
    usage: { type: 'duration', seconds: Math.ceil(heard.duration) },
  })
  return { status: 200, body: fault?.kind === 'truncated' ? full.slice(0, full.length / 2) : full }
}

function hear(duration: number, options: OpenaiFakeOptions) {
  const sentence = options.heard ?? ((index: number) => `Sentence ${index + 1} of the recording.`)
  const segments = Array.from({ length: Math.max(1, Math.floor(duration / 4)) }, (_, index) => ({
    id: index,
    seek: 0,
    start: index * 4 + 0.2,
    end: Math.min(duration, index * 4 + 3.6),
    text: ` ${sentence(index)}`,
    tokens: [50_364, 2425],
    temperature: 0,
    avg_logprob: -0.2,
    compression_ratio: 1.1,
    no_speech_prob: 0.01,
  }))
  const words = segments.flatMap((segment) => {
    const bare = segment.text
      .trim()
      .replaceAll(/[.,!?]/gu, '')
      .split(' ')
    const step = (segment.end - segment.start) / bare.length
    return bare.map((word, index) => ({
      word,
      start: segment.start + index * step,
      end: segment.start + (index + 0.9) * step,
    }))
  })
  return { duration, segments, words }
}

const speechRequest = z.strictObject({
  model: z.string().min(1),
  input: z.string().min(1).max(4096),
  voice: z.enum([
    'alloy',
    'ash',
    'ballad',
    'coral',
    'echo',
    'fable',
    'onyx',
    'nova',
    'sage',
    'shimmer',
    'verse',
    'marin',
    'cedar',
  ]),
  instructions: z.string().optional(),
  response_format: z.enum(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']).optional(),
  speed: z.number().min(0.25).max(4).optional(),
})

function speech(request: WireRequest, fault: Fault | undefined): WireAnswer {
  jsonType(request)
  const sent = JSON.parse(request.body.toString('utf8')) as Record<string, unknown>
  if (!speechRequest.shape.voice.safeParse(sent['voice']).success)
    return json(400, openaiError('Invalid value for voice', 'invalid_value'))
  const body = speechRequest.parse(sent)
  if (body.response_format !== 'wav') throw new Error('this fake makes WAV only')
  if (body.instructions !== undefined && body.model.startsWith('tts-1')) throw new Error('tts-1 knows no instructions')
  if (fault?.kind === 'refusal')
    return json(400, openaiError('Your request was rejected by our safety system.', 'content_policy_violation'))
  const sound = toneWav(spokenMs(body.input))
  return {
    status: 200,
    headers: { 'content-type': 'audio/wav' },
    body: fault?.kind === 'truncated' ? cutShort(sound) : sound,
  }
}

function checkKey(request: WireRequest, key: string | undefined): string | undefined {
  if (key === undefined || request.headers.authorization === `Bearer ${key}`) return undefined
  return 'Incorrect API key provided'
}

function jsonType(request: WireRequest): void {
  if (request.headers['content-type'] !== 'application/json')
    throw new Error(`content-type ${request.headers['content-type']}`)
}

function openaiError(message: string, code: string | null): object {
  return { error: { message, type: 'invalid_request_error', param: null, code } }
}

function json(status: number, body: unknown): WireAnswer {
  return { status, body: JSON.stringify(body) }
}
