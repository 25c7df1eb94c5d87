import type { stages as english } from '../en/stages.ts'
import type { WordsOf } from '../words.ts'

/** Etapas de uma produção, como as pessoas as leem. */
export const stages: WordsOf<typeof english> = {
  captions: 'Gravação dos arquivos',
  download: 'Busca da fonte',
  extract: 'Extração do som',
  finish: 'Conclusão',
  fit: 'Ajuste do tempo',
  mix: 'Mixagem do som',
  mux: 'Montagem de imagem e som',
  probe: 'Verificação da fonte',
  sample: 'Amostra de voz',
  transcribe: 'Transcrição',
  translate: 'Tradução',
  voice: 'Dublagem das falas',
}
