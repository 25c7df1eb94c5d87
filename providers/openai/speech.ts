import { writeFile } from 'node:fs/promises'
import type { ProviderContext, SpeechCapability, Voice } from '../define.ts'
import { checkSound } from '../sound-check.ts'
import { callOpenai } from './client.ts'
import { OPENAI_LANGUAGES } from './languages.ts'
import { type OpenaiEnv, voiceList } from './schema.ts'

const GENDERS = {
  marin: 'female',
  cedar: 'male',
  coral: 'female',
  ash: 'male',
  nova: 'female',
  onyx: 'male',
  sage: 'female',
  verse: 'male',
  shimmer: 'female',
  echo: 'male',
  ballad: 'male',
  fable: 'male',
  alloy: 'female',
} as const

const BUILT_IN: readonly Voice[] = Object.entries(GENDERS).map(([id, gender]) => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  languages: OPENAI_LANGUAGES,
  gender,
}))

/** Speech as WAV: no coder's delay at its start, and a header that tells whether the end is there. */
export function createSpeech(
  env: OpenaiEnv,
  context: ProviderContext,
  model: string,
  timeoutMs: number,
): SpeechCapability {
  return {
    async voices(signal) {
      if (!env.OPENAI_BASE_URL) return BUILT_IN
      return (await servedVoices(env, context, signal)) ?? BUILT_IN
    },
    async speak({ text, voice, language, outPath, signal }) {
      const bytes = await callOpenai(env, context, { timeoutMs, signal }, async (client) => {
        const response = await client.audio.speech.create({
          model,
          voice,
          input: text,
          response_format: 'wav',
          // an accent follows the text's language poorly without it; other models know no instructions
          ...(model.startsWith('gpt-') && {
            instructions: `Speak ${languageInEnglish(language)} as a native speaker.`,
          }),
        })
        return Buffer.from(await response.arrayBuffer())
      })
      const durationMs = checkSound({ provider: 'openai', bytes, text })
      await writeFile(outPath, bytes)
      return { usage: { model, characters: text.length, seconds: durationMs / 1000 } }
    },
  }
}

async function servedVoices(
  env: OpenaiEnv,
  context: ProviderContext,
  signal: AbortSignal,
): Promise<Voice[] | undefined> {
  const answer = await callOpenai(env, context, { timeoutMs: 5000, signal }, async (client) =>
    client.get('/audio/voices'),
  ).catch(() => undefined)
  const listed = voiceList.safeParse(answer).data?.voices ?? []
  if (listed.length === 0) return undefined
  return listed.map((voice) => {
    if (typeof voice === 'string') return { id: voice, name: voice, languages: OPENAI_LANGUAGES }
    return {
      id: voice.id,
      name: voice.name ?? voice.id,
      languages: voice.language ? [voice.language] : OPENAI_LANGUAGES,
    }
  })
}

function languageInEnglish(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
