/** A line as the ladder sees it: the time of its original, and how long its speech is. Times in ms. */
export interface FitLine {
  readonly startMs: number
  readonly endMs: number
  /** measured; 0: there is no speech for it, its time can be borrowed */
  readonly speechMs: number
}
