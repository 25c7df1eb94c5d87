import type { z } from 'zod'
import type { Translate } from '#core/words/index.ts'
import { nearest } from '#domain/nearest.ts'
import { invalid } from '#services/invalid.ts'
import { argMeta } from './arg-meta.ts'
import type { Verb } from './define.ts'

/**
 * Options as typed (or as a platform sent them) → a verb's arguments.
 * @throws INVALID_INPUT naming the first wrong option and what it accepts; what the schemas themselves throw (UNKNOWN_LANGUAGE)
 */
export function parseArgs<A extends z.ZodObject>(
  { verb: { args }, raw }: { readonly verb: Pick<Verb<A>, 'args'>; readonly raw: Readonly<Record<string, unknown>> },
  t: Translate,
): z.output<A> {
  const parsed = args.safeParse(withoutEmpty(raw))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue === undefined) throw parsed.error
  throw wrongOption(args, raw, issue, t)
}

function withoutEmpty(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  )
}

function wrongOption(args: z.ZodObject, raw: Readonly<Record<string, unknown>>, issue: z.core.$ZodIssue, t: Translate) {
  const option = String(issue.path[0] ?? '')
  const schema = args.shape[option]
  const meta = schema === undefined ? {} : argMeta(schema)
  const typed = String(raw[option] ?? '')
  if (issue.code === 'unrecognized_keys') {
    return invalid(t, 'commands.problem.option', {
      option: issue.keys.join(', '),
      accepted: Object.keys(args.shape)
        .map((name) => `${name}:`)
        .join(' '),
    })
  }
  if (typed === '')
    return invalid(t, 'commands.problem.missing', {
      option,
      accepted: meta.choices?.join(', ') ?? '',
      hint: hint(meta.choices, t),
    })
  if (meta.choices !== undefined) {
    const near = nearest(typed, meta.choices)
    const values = { option, typed, accepted: meta.choices.join(', '), near: near ?? '' }
    return invalid(t, near === undefined ? 'commands.problem.choice' : 'commands.problem.choiceNear', values)
  }
  if (issue.code === 'custom' && issue.message.startsWith('commands.')) {
    return invalid(t, issue.message as never, { option, typed, ...issue.params })
  }
  return invalid(t, 'commands.problem.value', { option, typed, accepted: range(schema, t) })
}

function hint(choices: readonly string[] | undefined, t: Translate): string {
  return choices === undefined ? '' : t('commands.problem.oneOf', { accepted: choices.join(', ') })
}

/** What a number or text accepts, in words, from its schema. */
function range(schema: z.core.$ZodType | undefined, t: Translate): string {
  const inner = unwrapped(schema)
  const least = inner?.minValue ?? inner?.minLength
  const most = inner?.maxValue ?? inner?.maxLength
  const kind = inner?.minLength === undefined && inner?.maxLength === undefined ? 'number' : 'text'
  const bounded = isBound(least) && isBound(most)
  if (kind === 'number')
    return bounded ? t('commands.problem.numberRange', { least, most }) : t('commands.problem.number')
  return isBound(most) ? t('commands.problem.textRange', { least: least ?? 0, most }) : t('commands.problem.text')
}

interface Bounds {
  readonly minValue?: number | null
  readonly maxValue?: number | null
  readonly minLength?: number | null
  readonly maxLength?: number | null
}

function unwrapped(schema: z.core.$ZodType | undefined): Bounds | undefined {
  let inner = schema as (z.core.$ZodType & { _zod: { def: { innerType?: z.core.$ZodType } } }) | undefined
  while (inner?._zod.def.innerType !== undefined) inner = inner._zod.def.innerType as typeof inner
  return inner as Bounds | undefined
}

function isBound(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER
}
