import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { captionTrack } from '#domain/caption-track.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { defineContract } from '../contract.ts'

/** Takes the sound out: as it is for the mix, and small for recognition. */
export const extract = defineContract({
  name: 'extract',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    file: artifactRef,
    durationMs: z.int().min(1),
    captions: z.array(captionTrack).default([]),
  }),
  output: z.object({
    /** 48 kHz stereo, lossless */
    sound: artifactRef,
    /** 16 kHz mono WAV */
    speech: artifactRef,
    /** captions that were inside the file */
    captions: z.array(z.object({ file: artifactRef, language: z.string() })),
  }),
})
