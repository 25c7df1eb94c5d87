/** Why a line deserves a look: one word or two, shown beside it. */
export const flags = {
  uncertain: 'uncertain: listen to it',
  untranslated: 'not translated',
  term: 'not by the glossary',
  unvoiced: 'has no voice',
  late: 'starts late',
  cut: 'cut short',
  rewritten: 'shortened to fit',
}
