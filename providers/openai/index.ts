import { defineProvider } from '../define.ts'
import { discoverModel } from './discover.ts'
import { bareTag, OPENAI_LANGUAGES } from './languages.ts'
import { openaiEnv, type OpenaiEnv } from './schema.ts'
import { createSpeech } from './speech.ts'
import { createText } from './text.ts'
import { createTranscription } from './transcription.ts'

const SHARED = {
  id: 'openai',
  env: openaiEnv,
  secrets: ['OPENAI_API_KEY'],
  settable: ['OPENAI_BASE_URL', 'OPENAI_TEXT_MODEL', 'OPENAI_TRANSCRIPTION_MODEL', 'OPENAI_SPEECH_MODEL'],
  address: 'OPENAI_BASE_URL',
  needs: [],
  local: false,
  draft: false,
  // an address without a key is one's own server
  free: (env: OpenaiEnv) => env.OPENAI_API_KEY === undefined,
} as const

const TEXT_LIMITS = { concurrency: 4, timeoutMs: 300_000 }
const TRANSCRIPTION_LIMITS = { concurrency: 2, timeoutMs: 900_000 }
const SPEECH_LIMITS = { concurrency: 4, timeoutMs: 120_000 }

/** Language models of OpenAI, or of any service that speaks its protocol. Prices: OpenAI's list of 2026-07-30. */
export const openaiText = defineProvider({
  ...SHARED,
  capability: 'text',
  rank: { quality: 90, speed: 70 },
  cost: { tokensIn: 0.002, tokensOut: 0.012 },
  costs: {
    'gpt-5.6-terra': { tokensIn: 0.002, tokensOut: 0.012 },
    'gpt-5.6-luna': { tokensIn: 0.0002, tokensOut: 0.0012 },
    'gpt-5.6-sol': { tokensIn: 0.005, tokensOut: 0.03 },
    'gpt-6-luna': { tokensIn: 0.0001, tokensOut: 0.0005 },
    'gpt-6-sol': { tokensIn: 0.002, tokensOut: 0.01 },
    'gpt-6-astra': { tokensIn: 0.01, tokensOut: 0.05 },
  },
  limits: TEXT_LIMITS,
  discover: (env, context, signal) => discoverModel(env, context, signal, 'text'),
  supports: () => true,
  model: (_env, found) => found.model,
  create: (env, context, found) => createText(env, context, found.model ?? '', TEXT_LIMITS.timeoutMs),
})

/** Whisper at OpenAI, Groq, or one's own faster-whisper server. */
export const openaiTranscription = defineProvider({
  ...SHARED,
  capability: 'transcription',
  rank: { quality: 90, speed: 75 },
  cost: { minutes: 0.006 },
  costs: { 'gpt-transcribe': { minutes: 0.0045 }, 'gpt-4o-mini-transcribe': { minutes: 0.003 } },
  limits: TRANSCRIPTION_LIMITS,
  async discover(env, context, signal) {
    return { ...(await discoverModel(env, context, signal, 'transcription')), languages: OPENAI_LANGUAGES }
  },
  supports: ({ language }) => language === undefined || OPENAI_LANGUAGES.includes(bareTag(language)),
  model: (_env, found) => found.model,
  create: (env, context, found) => createTranscription(env, context, found.model ?? '', TRANSCRIPTION_LIMITS.timeoutMs),
})

/** Voices of OpenAI, or of a compatible server such as Kokoro or Piper. */
export const openaiSpeech = defineProvider({
  ...SHARED,
  capability: 'speech',
  rank: { quality: 80, speed: 70 },
  cost: { characters: 0.015 },
  costs: { 'tts-1-hd': { characters: 0.03 } },
  limits: SPEECH_LIMITS,
  async discover(env, context, signal) {
    return { ...(await discoverModel(env, context, signal, 'speech')), languages: OPENAI_LANGUAGES }
  },
  supports: ({ language }) => language === undefined || OPENAI_LANGUAGES.includes(bareTag(language)),
  model: (_env, found) => found.model,
  create: (env, context, found) => createSpeech(env, context, found.model ?? '', SPEECH_LIMITS.timeoutMs),
})
