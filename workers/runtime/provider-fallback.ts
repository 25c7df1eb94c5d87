import { AppError, toAppError } from '#core/errors.ts'
import { anotherMay } from '#providers/another-may.ts'
import type { Capability, ProviderNeed } from '#providers/define.ts'
import type { ProviderChoice } from '../stages/define.ts'
import type { Look } from './provider-look.ts'

/** Tries one after the other. When all fail, what may pass by itself is told first, so that the step is tried again. */
export async function firstThatCan<T>(request: {
  readonly able: readonly Look[]
  readonly signal: AbortSignal
  readonly noteFailure: (look: Look, error: AppError) => void
  readonly attempt: (look: Look) => Promise<T>
}): Promise<T> {
  const failures: AppError[] = []
  for (const look of request.able) {
    try {
      return await request.attempt(look)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (request.signal.aborted || !anotherMay(error)) throw error
      request.noteFailure(look, error)
      failures.push(error)
    }
  }
  throw (
    failures.find(({ category }) => category === 'transient') ??
    failures[0] ??
    new AppError('INTERNAL', 'no provider was tried')
  )
}

/** Why nobody can do it, in the words of what would help. */
export function nobodyCan(
  all: readonly Look[],
  capability: Capability,
  choice: ProviderChoice,
  need: ProviderNeed,
): AppError {
  const named = all.find(({ provider }) => provider.capability === capability && provider.id === choice.provider)
  if (named && /key$/iu.test(named.found.reason ?? '')) {
    return new AppError('PROVIDER_KEY', `${named.provider.id} has no key that works`, {
      data: { provider: named.provider.id },
    })
  }
  const { language, from, to } = need
  if (capability === 'speech')
    return new AppError('NO_VOICE', 'no provider speaks this language', { data: { language } })
  if (capability !== 'transcription')
    return new AppError('NO_TRANSLATOR', 'no provider translates this', { data: { from, to } })
  if (language === undefined) return new AppError('NEEDS_LANGUAGE', 'no provider finds out the language by itself')
  return new AppError('NO_TRANSCRIBER', 'no provider understands this language', { data: { language } })
}
