import { z } from 'zod'
import { STRATEGIES } from '#domain/strategy.ts'

/** Files larger than this are refused unless a workspace sets another limit: 4 GiB. */
export const DEFAULT_UPLOAD_BYTES = 4 * 1024 ** 3

/** What a workspace can set: each value's shape and what holds when nobody set it. One row per key. */
export const SETTINGS = {
  /** the language that the studio speaks in this workspace */
  language: setting(z.enum(['en', 'pt-BR']), 'en'),
  /** target languages when a command names none; BCP 47 tags as typed */
  targets: setting(z.array(z.string()).max(10), []),
  /** default voice per language: `provider:voice`, or a voice id of whichever provider speaks */
  voices: setting(z.record(z.string(), z.string()), {}),
  /** which checkpoints wait for a person */
  review: setting(z.object({ transcript: z.boolean(), translation: z.boolean(), final: z.boolean() }), {
    transcript: true,
    translation: true,
    final: true,
  }),
  /** what decides between providers that could all do it */
  strategy: setting(z.enum(STRATEGIES), 'quality'),
  /** providers chosen by name, per capability */
  providers: setting(z.partialRecord(z.enum(['transcription', 'translation', 'speech']), z.string()), {}),
  notify: setting(
    z.object({
      mentions: z.boolean(),
      reminders: z.boolean(),
      /** no reminders from `fromHour` to `untilHour` in `timezone` (IANA) */
      quiet: z.object({ fromHour: z.int().min(0).max(23), untilHour: z.int().min(0).max(23) }).nullable(),
      timezone: z.string(),
    }),
    { mentions: true, reminders: true, quiet: null, timezone: 'UTC' },
  ),
  limits: setting(
    z.object({
      /** projects of one member that may work at the same time; null: no limit */
      projectsPerMember: z.int().min(1).max(1000).nullable(),
      /** US dollars per calendar month (UTC); null: no cap */
      monthlySpend: z.number().min(0).max(1_000_000).nullable(),
      uploadBytes: z.int().min(1),
      /** finished projects are deleted after so many days; null: kept */
      retentionDays: z.int().min(1).max(3650).nullable(),
    }),
    { projectsPerMember: 10, monthlySpend: null, uploadBytes: DEFAULT_UPLOAD_BYTES, retentionDays: null },
  ),
} as const

export type SettingKey = keyof typeof SETTINGS
export type Settings = { readonly [K in SettingKey]: z.output<(typeof SETTINGS)[K]['schema']> }

function setting<S extends z.ZodType>(
  schema: S,
  fallback: z.output<S>,
): { readonly schema: S; readonly fallback: z.output<S> } {
  return { schema, fallback }
}
