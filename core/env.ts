import { z } from 'zod'
import { AppError } from './errors.ts'

/** Where variables come from: `process.env`, or a plain object in tests and for keys kept in the database. */
export type EnvSource = Readonly<Record<string, string | undefined>>

/**
 * Reads and validates the variables of `shape`. The only place that touches `process.env`; each root composes its own
 * shape from `envShapes` and what its parts declare. An empty value counts as unset.
 * @throws AppError BAD_ENV that names every problem at once; values are not repeated, since they may be secrets.
 */
export function readEnv<S extends z.ZodRawShape>(shape: S, source: EnvSource = process.env): z.output<z.ZodObject<S>> {
  const given: Record<string, string> = {}
  for (const name of Object.keys(shape)) {
    const value = source[name]?.trim()
    if (value) given[name] = value
  }
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => problemWords(String(issue.path[0]), issue, given))
  throw new AppError('BAD_ENV', `The environment needs attention:\n  ${problems.join('\n  ')}`, { data: { problems } })
}

function problemWords(name: string, issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): string {
  if (!(name in given)) return `${name} is not set`
  return `${name} is not usable: ${issue.message}`
}
