import { z } from 'zod'

export const elevenlabsEnv = z.object({
  ELEVENLABS_API_KEY: z.string().describe('Key of ElevenLabs: its voices become available'),
  ELEVENLABS_BASE_URL: z
    .url({ protocol: /^https?$/u })
    .optional()
    .describe('Another address of its API. Default: https://api.elevenlabs.io'),
  ELEVENLABS_MODEL: z
    .string()
    .default('eleven_multilingual_v2')
    .describe('Voice model. Default: eleven_multilingual_v2'),
})
export type ElevenlabsEnv = z.output<typeof elevenlabsEnv>

const alignment = z.object({
  characters: z.array(z.string()),
  characterStartTimesSeconds: z.array(z.number()),
  characterEndTimesSeconds: z.array(z.number()),
})
export type Alignment = z.output<typeof alignment>

/** The vendor's client gives camelCase. */
export const speechAnswer = z.object({ audioBase64: z.string(), alignment: alignment.nullish() })

export const voicePage = z.object({
  voices: z.array(
    z.object({
      voiceId: z.string(),
      name: z.string().nullish(),
      labels: z.record(z.string(), z.string()).nullish(),
      verifiedLanguages: z.array(z.object({ language: z.string(), locale: z.string().nullish() })).nullish(),
    }),
  ),
  hasMore: z.boolean().default(false),
  nextPageToken: z.string().nullish(),
})
export type ListedVoice = z.output<typeof voicePage>['voices'][number]
