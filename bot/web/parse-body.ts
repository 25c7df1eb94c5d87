import type { z } from 'zod'
import { AppError } from '#core/errors.ts'

/** A request's body as its schema says. @throws INVALID_INPUT naming what is wrong */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = new Set(parsed.error.issues.map((issue) => issue.path.join('.')).filter(Boolean))
  throw new AppError('INVALID_INPUT', 'the body is not as documented', {
    cause: parsed.error,
    data: fields.size === 0 ? { reason: 'body' } : { reason: 'fields', fields: [...fields].join(', ') },
  })
}
