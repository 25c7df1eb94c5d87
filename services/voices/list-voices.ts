import type { ServiceContext } from '../context.ts'
import { readCatalogue } from '../providers/catalogue.ts'
import { speaks, type FoundVoice } from '../providers/check-voice.ts'

export interface ListedVoice extends FoundVoice {
  readonly draft: boolean
}

/** Voices that are there now, the better providers first; those that speak `language`, of `provider`, when given. */
export async function listVoices(request: {
  readonly ctx: ServiceContext
  readonly language?: string | undefined
  readonly provider?: string | undefined
}): Promise<ListedVoice[]> {
  const { language, provider } = request
  const catalogue = await readCatalogue(request.ctx.db)
  return catalogue
    .filter(
      (entry) =>
        entry.capability === 'speech' && entry.available && (provider === undefined || entry.provider === provider),
    )
    .flatMap((entry) =>
      entry.voices.map(({ id, name, languages }) => ({
        provider: entry.provider,
        draft: entry.draft,
        id,
        name,
        languages,
      })),
    )
    .filter((voice) => language === undefined || speaks(voice, language))
}
