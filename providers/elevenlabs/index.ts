import { writeFile } from 'node:fs/promises'
import type { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'
import { AppError } from '#core/errors.ts'
import { defineProvider, type ProviderContext, type TimedWord, type Voice } from '../define.ts'
import { brokenAnswer, callService } from '../service.ts'
import { checkSound } from '../sound-check.ts'
import { languagesOf, takesLanguage } from './languages.ts'
import {
  type Alignment,
  type ElevenlabsEnv,
  elevenlabsEnv,
  type ListedVoice,
  speechAnswer,
  voicePage,
} from './schema.ts'

const LIMITS = { concurrency: 3, timeoutMs: 120_000 }
const VOICES_PER_PAGE = 100
const MOST_PAGES = 5

/** ElevenLabs: the most natural voices, with the time of each word. Its SDK costs 125 MB: it loads with the first call. */
export const elevenlabs = defineProvider({
  id: 'elevenlabs',
  capability: 'speech',
  env: elevenlabsEnv,
  secrets: ['ELEVENLABS_API_KEY'],
  settable: ['ELEVENLABS_MODEL'],
  address: 'ELEVENLABS_BASE_URL',
  needs: [],
  rank: { quality: 95, speed: 60 },
  cost: { characters: 0.12 },
  costs: { eleven_flash: { characters: 0.06 }, eleven_turbo: { characters: 0.06 } },
  limits: LIMITS,
  local: false,
  draft: false,

  async discover(env) {
    return { model: env.ELEVENLABS_MODEL, languages: languagesOf(env.ELEVENLABS_MODEL) }
  },

  supports: ({ language }, env) =>
    language === undefined || languagesOf(env.ELEVENLABS_MODEL).includes(new Intl.Locale(language).language),
  model: (env) => env.ELEVENLABS_MODEL,

  create(env, context) {
    const model = env.ELEVENLABS_MODEL
    return {
      voices: (signal) => listVoices(env, context, signal),
      async speak({ text, voice, language, outPath, signal }) {
        const answer = await callElevenlabs(env, context, signal, async (client) =>
          client.textToSpeech.convertWithTimestamps(voice, {
            text,
            modelId: model,
            outputFormat: 'mp3_44100_128',
            ...(takesLanguage(model) && { languageCode: new Intl.Locale(language).language }),
          }),
        )
        const parsed = speechAnswer.safeParse(answer)
        if (!parsed.success) throw brokenAnswer('elevenlabs', parsed.error)
        const bytes = Buffer.from(parsed.data.audioBase64, 'base64')
        const durationMs = checkSound({ provider: 'elevenlabs', bytes, text })
        await writeFile(outPath, bytes)
        const usage = { model, characters: text.length, seconds: durationMs / 1000 }
        return { usage, ...(parsed.data.alignment && { words: wordsOf(parsed.data.alignment) }) }
      },
    }
  },
})

async function listVoices(env: ElevenlabsEnv, context: ProviderContext, signal: AbortSignal): Promise<Voice[]> {
  const voices: ListedVoice[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const { voices: listed, hasMore, nextPageToken } = await voicesPage(env, context, signal, token)
    voices.push(...listed)
    token = nextPageToken ?? undefined
    if (!hasMore || token === undefined) break
  }
  return voices.map((voice) => toVoice(voice, env.ELEVENLABS_MODEL))
}

async function voicesPage(
  env: ElevenlabsEnv,
  context: ProviderContext,
  signal: AbortSignal,
  token: string | undefined,
) {
  const answer = await callElevenlabs(env, context, signal, async (client) =>
    client.voices.search({ pageSize: VOICES_PER_PAGE, ...(token !== undefined && { nextPageToken: token }) }),
  ).catch((error: unknown) => {
    // gateways that know the first version of the list only
    if (!(error instanceof AppError) || error.data['status'] !== 404) throw error
    return callElevenlabs(env, context, signal, async (client) => client.voices.getAll())
  })
  const parsed = voicePage.safeParse(answer)
  if (!parsed.success) throw brokenAnswer('elevenlabs', parsed.error)
  return parsed.data
}

// every voice speaks all languages of the model; those that it was verified for come first
function toVoice(voice: ListedVoice, model: string): Voice {
  const verified = (voice.verifiedLanguages ?? []).map(({ language, locale }) => locale ?? language)
  const gender = voice.labels?.['gender']
  return {
    id: voice.voiceId,
    name: voice.name ?? voice.voiceId,
    languages: [...new Set([...verified, ...languagesOf(model)])],
    ...((gender === 'female' || gender === 'male') && { gender }),
  }
}

function wordsOf({
  characters,
  characterStartTimesSeconds: starts,
  characterEndTimesSeconds: ends,
}: Alignment): TimedWord[] {
  const words: { startMs: number; endMs: number; text: string }[] = []
  let open = false
  for (const [index, character] of characters.entries()) {
    if (/\s/u.test(character)) {
      open = false
      continue
    }
    const endMs = Math.round((ends[index] ?? 0) * 1000)
    const last = words.at(-1)
    if (open && last) {
      last.text += character
      last.endMs = endMs
    } else words.push({ startMs: Math.round((starts[index] ?? 0) * 1000), endMs, text: character })
    open = true
  }
  return words
}

async function callElevenlabs<T>(
  env: ElevenlabsEnv,
  context: ProviderContext,
  signal: AbortSignal,
  call: (client: ElevenLabsClient) => Promise<T>,
): Promise<T> {
  const { ElevenLabsClient: Client } = await import('@elevenlabs/elevenlabs-js')
  const timeoutMs = context.timeoutMs ?? LIMITS.timeoutMs
  return callService({ provider: 'elevenlabs', timeoutMs, signal, fetch: context.fetch }, (fetch) =>
    call(
      new Client({
        apiKey: env.ELEVENLABS_API_KEY,
        ...(env.ELEVENLABS_BASE_URL && { baseUrl: env.ELEVENLABS_BASE_URL }),
        maxRetries: 0,
        timeoutInSeconds: Math.ceil(timeoutMs / 1000) + 60,
        logging: { silent: true },
        fetch,
      }),
    ),
  )
}
