import { captionsStage } from './captions/run.ts'
import { downloadStage } from './download/run.ts'
import { extractStage } from './extract/run.ts'
import { finishStage } from './finish/run.ts'
import { fitStage } from './fit/run.ts'
import { mixStage } from './mix/run.ts'
import { muxStage } from './mux/run.ts'
import { probeStage } from './probe/run.ts'
import { sampleStage } from './sample/run.ts'
import { transcribeStage } from './transcribe/run.ts'
import { translateStage } from './translate/run.ts'
import { voiceStage } from './voice/run.ts'

/** The code of every stage, in alphabetical order: only workers load it. */
export const stages = [
  captionsStage,
  downloadStage,
  extractStage,
  finishStage,
  fitStage,
  mixStage,
  muxStage,
  probeStage,
  sampleStage,
  transcribeStage,
  translateStage,
  voiceStage,
] as const
