import { dub } from './dub.ts'
import { subtitles } from './subtitles.ts'
import { transcribe } from './transcribe.ts'
import { voiceSample } from './voice-sample.ts'

/** Every production that there is, in alphabetical order. */
export const pipelines = [dub, subtitles, transcribe, voiceSample] as const
export type PipelineName = (typeof pipelines)[number]['name']
