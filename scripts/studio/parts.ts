/** The studio's processes and their entries, below the project. */
export const PARTS = { bot: 'bot/main.ts', worker: 'workers/main.ts', scheduler: 'scheduler/main.ts' } as const

export type Part = keyof typeof PARTS
