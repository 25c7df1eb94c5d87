import { apertium } from './apertium/index.ts'
import { captions } from './captions/index.ts'
import type { Provider } from './define.ts'
import { elevenlabs } from './elevenlabs/index.ts'
import { espeak } from './espeak/index.ts'
import { ollama } from './ollama/index.ts'
import { openaiSpeech, openaiText, openaiTranscription } from './openai/index.ts'
import { pocketsphinx } from './pocketsphinx/index.ts'

/** Everything that can speak, listen, translate or write, by folder. An id may stand for several capabilities, each once. */
export const providers = [
  apertium,
  captions,
  elevenlabs,
  espeak,
  ollama,
  openaiSpeech,
  openaiText,
  openaiTranscription,
  pocketsphinx,
] as const satisfies readonly Provider[]
