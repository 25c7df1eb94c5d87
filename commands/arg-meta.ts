import type { z } from 'zod'

/** What steers one option besides its schema: put it last in the chain, `.meta({ … } satisfies ArgMeta)`. */
export interface ArgMeta {
  /** may be typed without its name, in the order of the shape */
  readonly positional?: boolean
  /** with positional: takes all that follows, spaces included */
  readonly rest?: boolean
  /** the accepted words */
  readonly choices?: readonly string[]
  /** where suggestions come from while typing */
  readonly autocomplete?: 'projects' | 'languages' | 'voices' | 'providers' | 'members'
  /** several values, with commas between them */
  readonly list?: boolean
}

/** The meta of one option of a verb; empty when it has none. */
export function argMeta(schema: z.core.$ZodType): ArgMeta {
  return ((schema as z.ZodType).meta() ?? {}) as ArgMeta
}
