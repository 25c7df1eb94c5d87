/**
 * Where words probably end when the provider does not tell, ms: each takes its share of the letters. A last resort
 * (some 170 ms off in the median, MEDIA.md), used only to choose the word after which a line is cut.
 */
export function wordEnds(text: string, durationMs: number): number[] {
  const words = text.split(/\s+/u).filter((word) => word !== '')
  // a pause after a comma or a full stop lasts about as long as two letters
  const weights = words.map((word) => word.length + (/[.,;:!?…]$/u.test(word) ? 2 : 0) + 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return weights.map((weight) => {
    before += weight
    return Math.round((durationMs * before) / total)
  })
}
