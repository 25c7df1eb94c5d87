import { z } from 'zod'
import { STRATEGIES } from '#domain/strategy.ts'
import { PRIORITIES, type Priority } from '#domain/states.ts'
import type { ArgMeta } from './arg-meta.ts'

const PRIORITY_NAMES = Object.keys(PRIORITIES) as [Priority, ...Priority[]]
const ON_OFF = ['on', 'off'] as const

const name = z.string().max(100).optional()

/** What is worked on, and into which languages: the options that come first. */
export const sourceArg = z
  .string()
  .max(2000)
  .optional()
  .meta({ positional: true } satisfies ArgMeta)
export const targetsArg = z
  .string()
  .max(200)
  .optional()
  .meta({ autocomplete: 'languages', list: true } satisfies ArgMeta)

/** Further options of /dub, /transcribe and /subtitles alike. Languages and names are read by the service, which can suggest what was meant. */
export const productionArgs = {
  from: name.meta({ autocomplete: 'languages' } satisfies ArgMeta),
  transcription: name.meta({ autocomplete: 'providers' } satisfies ArgMeta),
  strategy: z
    .enum(STRATEGIES)
    .optional()
    .meta({ choices: STRATEGIES } satisfies ArgMeta),
  review: z
    .enum(ON_OFF)
    .optional()
    .meta({ choices: ON_OFF } satisfies ArgMeta),
  reviewers: z
    .string()
    .max(500)
    .optional()
    .meta({ autocomplete: 'members', list: true } satisfies ArgMeta),
  priority: z
    .enum(PRIORITY_NAMES)
    .optional()
    .meta({ choices: PRIORITY_NAMES } satisfies ArgMeta),
  title: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .meta({} satisfies ArgMeta),
}

/** Further options of what is translated. */
export const translationArgs = {
  translation: name.meta({ autocomplete: 'providers' } satisfies ArgMeta),
  glossary: z
    .string()
    .max(4000)
    .optional()
    .meta({} satisfies ArgMeta),
}
