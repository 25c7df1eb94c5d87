import { z } from 'zod'

/** Terms and how they must be translated; an equal pair keeps the term as it is. */
export const glossary = z.record(z.string().min(1).max(200), z.string().max(200))
export type Glossary = z.output<typeof glossary>
