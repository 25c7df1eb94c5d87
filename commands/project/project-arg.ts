import { z } from 'zod'
import type { ArgMeta } from '../arg-meta.ts'

/** A project by number or title; nothing in a project's thread means that one. */
export const projectArg = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ positional: true, rest: true, autocomplete: 'projects' } satisfies ArgMeta)
