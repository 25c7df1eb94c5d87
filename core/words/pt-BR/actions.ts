import type { WordsOf } from '../words.ts'
import type { actions as en } from '../en/actions.ts'

/** O que botões, listas e formulários respondem. */
export const actions: WordsOf<typeof en> = {
  deleted: 'O projeto nº {{number}} foi excluído, e seus arquivos com ele.',
  removed: '{{name}} não está mais neste espaço de trabalho.',
  offer: {
    title: 'Para qual idioma?',
    text: 'Escolha um, ou digite vários separados por vírgulas. /settings set targets torna uma escolha o padrão.',
    language: 'Idioma',
    several: 'Vários idiomas, por exemplo pt-BR,es',
    dub: 'Dublar',
    subtitles: 'Legendar',
    transcribe: 'Transcrever',
  },
}
