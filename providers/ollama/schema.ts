import { z } from 'zod'

export const ollamaEnv = z.object({
  OLLAMA_HOST: z
    .string()
    .default('http://127.0.0.1:11434')
    .describe('Where Ollama listens. Default: http://127.0.0.1:11434'),
  OLLAMA_MODEL: z.string().optional().describe('Language model of Ollama. Default: the first that is installed'),
})
export type OllamaEnv = z.output<typeof ollamaEnv>

/** GET /api/tags */
export const installedModels = z.object({ models: z.array(z.object({ name: z.string() })) })

/** POST /api/chat with `stream: false` */
export const chatAnswer = z.object({
  model: z.string(),
  message: z.object({ content: z.string() }),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
})
