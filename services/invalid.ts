import { AppError } from '#core/errors.ts'
import type { Translate, WordKey } from '#core/words/index.ts'

/** What was asked cannot be done as written: says in the asker's words what is accepted. Nothing was created. */
export function invalid(t: Translate, key: WordKey, values: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError('INVALID_INPUT', key, { data: { ...values, reason: t(key, { ...values }) } })
}
