/** written by services that stream and do not know the end yet */
const UNKNOWN_SIZES = new Set([0, 0xff_ff_ff_ff, 0x7f_ff_ff_ff])

/**
 * How long a PCM WAV in memory lasts, ms, and whether all samples that its header promises are there (a header without a
 * length promises nothing). Undefined: not a PCM WAV.
 */
export function wavDuration(bytes: Buffer): { readonly durationMs: number; readonly whole: boolean } | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return undefined
  let bytesPerSecond = 0
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    if (id === 'data' && bytesPerSecond > 0) {
      const there = bytes.length - at - 8
      const samples = UNKNOWN_SIZES.has(length) ? there : Math.min(length, there)
      return {
        durationMs: Math.round((samples / bytesPerSecond) * 1000),
        whole: UNKNOWN_SIZES.has(length) || there >= length,
      }
    }
    if (id === 'fmt ' && at + 24 <= bytes.length) bytesPerSecond = pcmRate(bytes, at + 8)
    at += 8 + length + (length % 2)
  }
  return undefined
}

// 1 is PCM, 0xfffe the extensible form of it
function pcmRate(bytes: Buffer, at: number): number {
  const isPcm = [1, 0xff_fe].includes(bytes.readUInt16LE(at))
  return isPcm ? (bytes.readUInt16LE(at + 2) * bytes.readUInt32LE(at + 4) * bytes.readUInt16LE(at + 14)) / 8 : 0
}
