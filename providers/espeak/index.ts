import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { run } from '#core/run.ts'
import { defineProvider, type Voice } from '../define.ts'
import { checkSoundFile } from '../sound-check.ts'
import { type EspeakVoice, parseVoiceTable } from './schema.ts'

const LIMITS = { concurrency: 4, timeoutMs: 60_000 }
/** the voice that a bare language means, where the table has several */
const PREFERRED = ['pt-br', 'en-us', 'es', 'fr-fr', 'cmn', 'vi', 'fa', 'hy', 'yue']

/** espeak-ng: robotic, instant, over a hundred languages, nothing to configure. */
export const espeak = defineProvider({
  id: 'espeak',
  capability: 'speech',
  env: z.object({}),
  secrets: [],
  needs: ['espeak-ng'],
  rank: { quality: 10, speed: 95 },
  limits: LIMITS,
  local: true,
  draft: true,

  async discover(_env, _context, signal) {
    const voices = listVoices((await run('espeak-ng', ['--voices'], { signal, timeoutMs: 10_000 })).stdout)
    return { voices, languages: [...new Set(voices.flatMap((voice) => voice.languages))] }
  },

  supports({ language }, _env, found) {
    return language === undefined || speaks(found.languages ?? [], language)
  },

  create(_env, context, found) {
    return {
      async voices() {
        return found.voices ?? []
      },
      async speak({ text, voice, outPath, signal }) {
        // the tool would take the language of an unknown one
        if (!found.voices?.some(({ id }) => id === voice)) throw noVoice(voice)
        const timeoutMs = context.timeoutMs ?? LIMITS.timeoutMs
        await run('espeak-ng', ['-v', voice, '-w', outPath, '--stdin'], {
          input: speakable(text),
          signal,
          timeoutMs,
          workDir: context.workDir,
        })
        const durationMs = await checkSoundFile({ provider: 'espeak', path: outPath, text })
        return { usage: { model: 'espeak-ng', characters: text.length, seconds: durationMs / 1000 } }
      },
    }
  },
})

function noVoice(said: string): AppError {
  return new AppError('PROVIDER_REFUSED', `espeak has no such voice: ${said}`, { data: { provider: 'espeak', said } })
}

// [[…]] would be read as phoneme codes
function speakable(text: string): string {
  return `${text.replaceAll(/\[{2,}|\]{2,}/gu, ' ')}\n`
}

function listVoices(table: string): Voice[] {
  const rows = parseVoiceTable(table)
  const base = rows
    .toSorted((a, b) => preference(a) - preference(b))
    .map((row) => ({ id: row.tag.toLowerCase(), name: row.name, languages: tags(row), gender: 'male' as const }))
  // one has a script for its language: nobody could ask for it
  const unique = [...new Map(base.map((voice) => [voice.id, voice])).values()].filter(
    ({ languages }) => languages.length > 0,
  )
  // its variants change the timbre of any voice: one female for each
  return unique.flatMap((voice) => [
    voice,
    { ...voice, id: `${voice.id}+f2`, name: `${voice.name} (f)`, gender: 'female' as const },
  ])
}

function preference(row: EspeakVoice): number {
  const index = PREFERRED.indexOf(row.tag.toLowerCase())
  return index < 0 ? PREFERRED.length : index
}

// 'cmn' (also listed as 'zh'), 'pt-br' → 'pt-BR'; of what is no tag, such as 'en-us-nyc', the language is left
function tags({ tag, others }: EspeakVoice): string[] {
  const known = [...new Set([tag, ...others].flatMap(canonical))]
  return known.length > 0 ? known : canonical(tag.split('-')[0] ?? '')
}

function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag)
  } catch {
    return []
  }
}

function speaks(languages: readonly string[], wanted: string): boolean {
  const bare = canonical(wanted)[0]?.split('-')[0]
  return languages.some((tag) => tag.split('-')[0] === bare)
}
