/** Words of what buttons, selects and forms answer. */
export const actions = {
  deleted: 'Project #{{number}} is deleted, and its files with it.',
  removed: '{{name}} is no longer in this workspace.',
  offer: {
    title: 'Into which language?',
    text: 'Choose one, or type several with commas between them. /settings set targets makes a choice the default.',
    language: 'Language',
    several: 'Several languages, e.g. pt-BR,es',
    dub: 'Dub',
    subtitles: 'Subtitles',
    transcribe: 'Transcribe',
  },
}
