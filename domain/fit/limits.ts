/** The rungs of the timing ladder (DESIGN 8). Times in ms. */
export const FIT_LIMITS = {
  /** silence that is left before the next line where there is room for it */
  breathMs: 80,
  /** speech sped up by this much still sounds natural */
  comfortableTempo: 1.15,
  /** faster than this cannot be followed */
  maxTempo: 1.3,
  /** how late a line may start when the ones before it are too long */
  maxLateMs: 1000,
  /** fade at the end of a cut line */
  fadeMs: 40,
} as const
