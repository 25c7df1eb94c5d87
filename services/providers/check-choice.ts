import { nearest } from '#domain/nearest.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readCatalogue } from './catalogue.ts'

/** Capabilities that serve what a person chooses a provider for: text models translate too. */
const SERVED_BY: Readonly<Record<string, readonly string[]>> = {
  transcription: ['transcription'],
  translation: ['translation', 'text'],
  speech: ['speech'],
}

/**
 * Whether the providers that somebody named are known for what they are to do. One that only lacks its key is accepted by
 * nobody: the answer says so before any work is done.
 * @throws INVALID_INPUT listing what there is
 */
export async function checkProviders(request: {
  readonly ctx: ServiceContext
  readonly chosen: Readonly<Partial<Record<'transcription' | 'translation' | 'speech', string | undefined>>>
}): Promise<void> {
  const { ctx } = request
  const named = Object.entries(request.chosen).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (named.length === 0) return
  const catalogue = await readCatalogue(ctx.db)
  for (const [capability, provider] of named) {
    const serving = catalogue.filter((entry) => SERVED_BY[capability]?.includes(entry.capability) === true)
    // no worker has published yet: the step itself will tell
    if (serving.length === 0 || serving.some((entry) => entry.provider === provider && entry.available)) continue
    const accepted = [...new Set(serving.filter((entry) => entry.available).map((entry) => entry.provider))]
    const lacking = serving.some((entry) => entry.provider === provider)
    const near = nearest(provider, accepted)
    const values = { option: capability, typed: provider, accepted: accepted.join(', '), near: near ?? '' }
    if (lacking) throw invalid(ctx.t, 'commands.problem.providerNotReady', values)
    throw invalid(ctx.t, near === undefined ? 'commands.problem.choice' : 'commands.problem.choiceNear', values)
  }
}
