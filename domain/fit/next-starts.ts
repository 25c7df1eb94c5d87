/** For each line, when the next line that is heard starts in the original; the end of the file after the last, ms. */
export function nextStarts(
  lines: readonly { readonly startMs: number; readonly speechMs: number }[],
  totalMs: number,
): number[] {
  let nextMs = totalMs
  return lines
    .toReversed()
    .map((line) => {
      const found = nextMs
      if (line.speechMs > 0) nextMs = Math.min(line.startMs, totalMs)
      return found
    })
    .toReversed()
}
