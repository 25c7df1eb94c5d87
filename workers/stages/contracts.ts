import { captions } from './captions/contract.ts'
import { download } from './download/contract.ts'
import { extract } from './extract/contract.ts'
import { finish } from './finish/contract.ts'
import { fit } from './fit/contract.ts'
import { mix } from './mix/contract.ts'
import { mux } from './mux/contract.ts'
import { probe } from './probe/contract.ts'
import { sample } from './sample/contract.ts'
import { transcribe } from './transcribe/contract.ts'
import { translate } from './translate/contract.ts'
import { voice } from './voice/contract.ts'

/** Every stage that there is, in alphabetical order: one line a folder, and a test compares. */
export const contracts = [
  captions,
  download,
  extract,
  finish,
  fit,
  mix,
  mux,
  probe,
  sample,
  transcribe,
  translate,
  voice,
] as const
export type StageName = (typeof contracts)[number]['name']
