import { createHash } from 'node:crypto'
import type { RenderedCard } from '../surface.ts'

/** Tells whether a card changed. Tokens are reused, so the same card has the same hash. */
export function cardHash(card: RenderedCard): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('hex')
}
