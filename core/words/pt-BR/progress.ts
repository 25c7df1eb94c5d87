import type { progress as english } from '../en/progress.ts'
import type { WordsOf } from '../words.ts'

/** O que uma etapa em andamento diz de si, ao lado da barra. */
export const progress: WordsOf<typeof english> = {
  downloading: '{{percent}} % a {{speed}} MB/s',
  receiving: '{{received, bytes}} a {{speed}} MB/s',
  extracting: 'extraindo o som',
  listening: 'ouvindo',
  translating: '{{done}} de {{total}} falas',
  voicing: '{{done}} de {{total}} falas',
  fitting: '{{done}} de {{total}} falas',
  mixing: 'mixando e nivelando',
  muxing: 'juntando tudo',
  previewing: 'preparando a prévia',
}
