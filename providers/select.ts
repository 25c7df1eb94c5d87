import type { Strategy } from '#domain/strategy.ts'

/** A provider that could do it now, with what strategies look at. */
export interface Candidate {
  readonly id: string
  readonly draft: boolean
  readonly rank: { readonly quality: number; readonly speed: number }
  /** comparable price, US dollars; 0 = free */
  readonly price: number
  /** calls lately, and how many of them went well */
  readonly record: { readonly calls: number; readonly ok: number }
  /** calls in flight or waiting, as a share of what it takes at once */
  readonly load: number
}

/**
 * The order in which providers are tried. A name means that one and no other; otherwise the strategy (default: quality) decides,
 * then quality, then the id, so that the order never depends on that of the registry.
 */
export function orderCandidates<C extends Candidate>(
  candidates: readonly C[],
  choice: { readonly provider?: string | undefined; readonly strategy?: Strategy | undefined },
): C[] {
  if (choice.provider !== undefined) return candidates.filter(({ id }) => id === choice.provider)
  const score = SCORES[choice.strategy ?? 'quality']
  return candidates.toSorted((a, b) => score(b) - score(a) || b.rank.quality - a.rank.quality || (a.id < b.id ? -1 : 1))
}

/** Higher is tried earlier. */
const SCORES: Readonly<Record<Strategy, (candidate: Candidate) => number>> = {
  quality: ({ rank }) => rank.quality,
  speed: ({ rank }) => rank.speed,
  cost: ({ price }) => -price,
  // Laplace: who was never called is not thought perfect, and one failure does not condemn. Drafts always work and are still drafts
  reliability: ({ record, draft }) => (record.ok + 1) / (record.calls + 2) - (draft ? 1 : 0),
  load: ({ load, draft }) => -load - (draft ? 1000 : 0),
}
