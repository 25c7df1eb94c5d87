import type { Cost, Provider, Usage } from './define.ts'

/** The list price of `model` at this provider; undefined = free. */
export function priceOf(
  provider: Pick<Provider, 'cost' | 'costs' | 'free'>,
  env: Record<string, unknown>,
  model: string | undefined,
): Cost | undefined {
  if (provider.free?.(env)) return undefined
  const fitting = Object.keys(provider.costs ?? {}).filter((name) => model?.startsWith(name))
  const longest = fitting.toSorted((a, b) => b.length - a.length)[0]
  return longest === undefined ? provider.cost : provider.costs?.[longest]
}

/** What a call cost by list price, in millionths of a US dollar. */
export function costMicros(price: Cost | undefined, usage: Usage): number {
  if (!price) return 0
  const thousands =
    (price.tokensIn ?? 0) * (usage.tokensIn ?? 0) +
    (price.tokensOut ?? 0) * (usage.tokensOut ?? 0) +
    (price.characters ?? 0) * (usage.characters ?? 0)
  const minutes = ((price.minutes ?? 0) * (usage.seconds ?? 0)) / 60
  return Math.round((thousands / 1000 + minutes) * 1_000_000)
}

/** One number to compare prices by: 1,000 tokens each way, 1,000 characters, a minute. */
export function comparablePrice(price: Cost | undefined): number {
  return (price?.tokensIn ?? 0) + (price?.tokensOut ?? 0) + (price?.characters ?? 0) + (price?.minutes ?? 0)
}
