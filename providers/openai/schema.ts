import { z } from 'zod'

const address = z.url({ protocol: /^https?$/u })

/** A key, or the address of a server that needs none: either is enough. */
export const openaiEnv = z
  .object({
    OPENAI_API_KEY: z.string().optional().describe('Key of OpenAI, or of the service at OPENAI_BASE_URL'),
    OPENAI_BASE_URL: address
      .optional()
      .describe('Any OpenAI-compatible service, e.g. http://localhost:8000/v1; alone it is used without a key'),
    OPENAI_TEXT_MODEL: z
      .string()
      .optional()
      .describe('Language model. Default: gpt-5.6-terra, or the first that the service lists'),
    OPENAI_TRANSCRIPTION_MODEL: z
      .string()
      .optional()
      .describe('Recogniser. Default: whisper-1, or the first that the service lists'),
    OPENAI_SPEECH_MODEL: z
      .string()
      .optional()
      .describe('Voice model. Default: gpt-4o-mini-tts, or the first that the service lists'),
  })
  .refine((env) => env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== undefined, {
    error: 'a key or the address of a service is needed',
    path: ['OPENAI_API_KEY'],
  })
export type OpenaiEnv = z.output<typeof openaiEnv>

export const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/** The fields that are read of a chat completion. */
export const chatCompletion = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
})

const seconds = z.number().min(0)

/** `verbose_json`; compatible servers leave out what they do not know. */
export const verboseTranscription = z.object({
  language: z.string().nullish(),
  duration: z.union([z.number(), z.string().transform(Number)]).nullish(),
  text: z.string(),
  segments: z
    .array(
      z.object({
        start: seconds,
        end: seconds,
        text: z.string(),
        avg_logprob: z.number().nullish(),
        no_speech_prob: z.number().nullish(),
      }),
    )
    .nullish(),
  words: z.array(z.object({ start: seconds, end: seconds, word: z.string() })).nullish(),
})
export type VerboseTranscription = z.output<typeof verboseTranscription>

export const plainTranscription = z.object({ text: z.string() })

/** Not OpenAI's own, but many compatible servers list their voices there: names, or objects with an id. */
export const voiceList = z.object({
  voices: z.array(
    z.union([z.string(), z.object({ id: z.string(), name: z.string().nullish(), language: z.string().nullish() })]),
  ),
})
