import { AppError } from '#core/errors.ts'
import type { Capability, Discovery, ProviderContext } from '../define.ts'
import { callOpenai } from './client.ts'
import { modelList, type OpenaiEnv } from './schema.ts'

const LOOK_MS = 10_000

type Served = Exclude<Capability, 'translation'>

/** OpenAI's own defaults. Models whose answers carry times: of OpenAI's own only whisper-1 (until 2027-02-26). */
const DEFAULTS: Record<Served, string> = {
  text: 'gpt-5.6-terra',
  transcription: 'whisper-1',
  speech: 'gpt-4o-mini-tts',
}
const CHOSEN = {
  text: 'OPENAI_TEXT_MODEL',
  transcription: 'OPENAI_TRANSCRIPTION_MODEL',
  speech: 'OPENAI_SPEECH_MODEL',
} as const

const RECOGNISERS = /whisper|transcribe|parakeet|canary|voxtral|distil|sensevoice|-asr|asr-|speech-to-text/iu
const VOICES = /tts|kokoro|piper|orpheus|bark|xtts|chatterbox|text-to-speech|playai|speecht5/iu
const OTHERS = /embed|rerank|moderation|image|dall-e|sora|video|realtime|guard/iu

/**
 * Which model to use: the chosen one, else OpenAI's default, else (another service) the first fitting one that it lists.
 * One's own server without a key that lists models, but none for this, is not used for it.
 */
export async function discoverModel(
  env: OpenaiEnv,
  context: ProviderContext,
  signal: AbortSignal,
  capability: Served,
): Promise<Discovery> {
  const chosen = env[CHOSEN[capability]]
  if (chosen) return { model: chosen }
  if (!env.OPENAI_BASE_URL) return { model: DEFAULTS[capability] }
  const models = await listModels(env, context, signal)
  if (models === 'unreachable') return { reason: 'providers.reason.unreachable', missing: ['OPENAI_BASE_URL'] }
  const fitting = models.filter((id) => fits(id, capability))
  if (models.includes(DEFAULTS[capability])) return { model: DEFAULTS[capability], models: fitting }
  const first = fitting[0]
  if (first) return { model: first, models: fitting }
  // a server that lists nothing of the kind, and is nobody's but ours, does not do it
  if (models.length > 0 && !env.OPENAI_API_KEY)
    return { reason: 'providers.reason.noModel', missing: [CHOSEN[capability]] }
  return { model: DEFAULTS[capability] }
}

async function listModels(
  env: OpenaiEnv,
  context: ProviderContext,
  signal: AbortSignal,
): Promise<string[] | 'unreachable'> {
  try {
    const page = await callOpenai(env, context, { timeoutMs: LOOK_MS, signal }, async (client) => client.get('/models'))
    return modelList.safeParse(page).data?.data.map(({ id }) => id) ?? []
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED' || error.code === 'PROVIDER_KEY') throw error
    // it answers, but keeps no list: the defaults are as good a guess as any
    return error.code === 'PROVIDER_REFUSED' || error.code === 'PROVIDER_OUTPUT' ? [] : 'unreachable'
  }
}

function fits(id: string, capability: Served): boolean {
  if (capability === 'transcription') return RECOGNISERS.test(id) && !VOICES.test(id)
  if (capability === 'speech') return VOICES.test(id)
  return !RECOGNISERS.test(id) && !VOICES.test(id) && !OTHERS.test(id)
}
