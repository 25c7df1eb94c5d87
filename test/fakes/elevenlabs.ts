import { z } from 'zod'
import { cutShort, spokenMs, toneMp3 } from './sound.ts'
import { type Fake, type Fault, startFake, type WireAnswer, type WireRequest } from './wire.ts'

export interface ElevenlabsFakeOptions {
  readonly key: string
  /** false: knows GET /v1/voices only, as some gateways */
  readonly pages?: boolean
  readonly voices?: readonly {
    readonly id: string
    readonly name: string
    readonly language: string
    readonly gender: 'female' | 'male'
  }[]
}

const VOICES = [
  { id: '21m00Tcm4TlvDq8ikWAM', name: 'Rachel', language: 'en', gender: 'female' },
  { id: 'JBFqnCBsd6RMkjVDRZzb', name: 'George', language: 'en', gender: 'male' },
  { id: 'cyD08lEy76q03ER1jZ7y', name: 'Maria', language: 'pt', gender: 'female' },
] as const

/** ElevenLabs by its API reference: GET /v2/voices and POST /v1/text-to-speech/:voice_id/with-timestamps. */
export function startElevenlabsFake(options: ElevenlabsFakeOptions): Promise<Fake> {
  return startFake({
    looks: (request) => request.method === 'GET',
    error: (status, message) => ({
      detail: { status: status === 429 ? 'too_many_concurrent_requests' : 'error', message },
    }),
    async answer(request, fault, violate) {
      if (request.headers['xi-api-key'] !== options.key)
        return json(401, { detail: { status: 'invalid_api_key', message: 'Invalid API key' } })
      try {
        const pages = options.pages ?? true
        if (request.method === 'GET' && pages && request.path === '/v2/voices') return voices(request, options)
        if (request.method === 'GET' && request.path === '/v1/voices')
          return json(200, { voices: (options.voices ?? VOICES).map(listed) })
        const voice = /^\/v1\/text-to-speech\/([^/]+)\/with-timestamps$/u.exec(request.path)?.[1]
        if (request.method === 'POST' && voice) return await speech(request, voice, fault, options)
        if (request.method !== 'GET') violate('no such endpoint')
        return json(404, { detail: 'Not Found' })
      } catch (error) {
        violate(error instanceof z.ZodError ? z.prettifyError(error) : String(error))
        return json(422, { detail: [{ loc: ['body'], msg: 'does not fit the API reference', type: 'value_error' }] })
      }
    },
  })
}

const voiceQuery = z.strictObject({
  page_size: z.coerce.number().int().min(1).max(100).optional(),
  next_page_token: z.string().optional(),
})

function voices(request: WireRequest, options: ElevenlabsFakeOptions): WireAnswer {
  const query = voiceQuery.parse(Object.fromEntries(request.query))
  const all = options.voices ?? VOICES
  // two a page, so that clients have to turn it
  const from = Number(query.next_page_token ?? 0)
  const page = all.slice(from, from + Math.min(2, query.page_size ?? 10))
  const more = from + page.length < all.length
  return json(200, {
    voices: page.map(listed),
    has_more: more,
    total_count: all.length,
    next_page_token: more ? String(from + page.length) : null,
  })
}

type FakeVoice = NonNullable<ElevenlabsFakeOptions['voices']>[number]

function listed({ id, name, language, gender }: FakeVoice): object {
  return {
    voice_id: id,
    name,
    category: 'premade',
    labels: { gender, language },
    description: null,
    preview_url: `https://storage.example/${id}.mp3`,
    available_for_tiers: [],
    high_quality_base_model_ids: ['eleven_multilingual_v2'],
    verified_languages: [
      { language, model_id: 'eleven_multilingual_v2', accent: 'standard', locale: null, preview_url: null },
    ],
  }
}

const speechQuery = z.strictObject({
  output_format: z
    .enum(['mp3_22050_32', 'mp3_44100_32', 'mp3_44100_64', 'mp3_44100_96', 'mp3_44100_128', 'mp3_44100_192'])
    .optional(),
  enable_logging: z.enum(['true', 'false']).optional(),
})
const speechRequest = z.strictObject({
  text: z.string().min(1).max(10_000),
  model_id: z.string().optional(),
  language_code: z.string().length(2).optional(),
  voice_settings: z.record(z.string(), z.unknown()).optional(),
  seed: z.int().optional(),
  previous_text: z.string().optional(),
  next_text: z.string().optional(),
})

async function speech(
  request: WireRequest,
  voice: string,
  fault: Fault | undefined,
  options: ElevenlabsFakeOptions,
): Promise<WireAnswer> {
  if (request.headers['content-type'] !== 'application/json')
    throw new Error(`content-type ${request.headers['content-type']}`)
  speechQuery.parse(Object.fromEntries(request.query))
  const body = speechRequest.parse(JSON.parse(request.body.toString('utf8')))
  if (body.language_code !== undefined && body.model_id === 'eleven_multilingual_v2')
    throw new Error('language_code is not supported by eleven_multilingual_v2')
  if (!(options.voices ?? VOICES).some(({ id }) => id === voice)) {
    return json(404, {
      detail: { status: 'voice_not_found', message: `A voice with voice_id ${voice} was not found.` },
    })
  }
  if (fault?.kind === 'refusal')
    return json(400, {
      detail: { status: 'content_against_policy', message: 'The content violates our terms of service.' },
    })
  const ms = spokenMs(body.text)
  const sound = await toneMp3(ms)
  const characters = [...body.text]
  const step = ms / 1000 / characters.length
  const alignment = {
    characters,
    character_start_times_seconds: characters.map((_, index) => index * step),
    character_end_times_seconds: characters.map((_, index) => (index + 1) * step),
  }
  const bytes = fault?.kind === 'truncated' ? cutShort(sound) : sound
  return json(200, { audio_base64: bytes.toString('base64'), alignment, normalized_alignment: alignment })
}

function json(status: number, body: unknown): WireAnswer {
  return { status, body: JSON.stringify(body) }
}
