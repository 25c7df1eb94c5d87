import { z } from 'zod'

export const STRATEGIES = ['quality', 'speed', 'cost', 'reliability', 'load'] as const
/** What matters most when a provider is chosen. */
export type Strategy = (typeof STRATEGIES)[number]

/** The fields of a step's input that choose a provider: by name, else by strategy. Redo lays `provider` over them. */
export const providerChoice = { provider: z.string().optional(), strategy: z.enum(STRATEGIES).optional() }
