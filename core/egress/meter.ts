/** Counts bytes and time of one exchange, and says once when either is used up. */
export function createMeter(
  { maxBytes, timeoutMs }: { readonly maxBytes: number; readonly timeoutMs: number },
  onOver: (why: 'bytes' | 'time') => void,
): { count(chunk: Buffer): void; stop(): void } {
  let bytes = 0
  let over = false
  const tell = (why: 'bytes' | 'time') => {
    if (over) return
    over = true
    onOver(why)
  }
  const timer = setTimeout(() => tell('time'), timeoutMs)
  return {
    count(chunk) {
      bytes += chunk.length
      if (bytes > maxBytes) tell('bytes')
    },
    stop: () => clearTimeout(timer),
  }
}
