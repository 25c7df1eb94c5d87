import type { Bench } from './measure.ts'

/** Every bench by name; loaded when it is run. */
export const benches = {
  engine: async () => (await import('./engine.ts')).engine,
  mux: async () => (await import('./mux.ts')).mux,
  reuse: async () => (await import('./reuse.ts')).reuse,
  start: async () => (await import('./start.ts')).start,
} as const satisfies Record<string, () => Promise<Bench>>
