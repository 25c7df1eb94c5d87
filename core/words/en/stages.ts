/** Steps of a production, as people read them. */
export const stages = {
  captions: 'Writing the files',
  download: 'Fetching the source',
  extract: 'Taking out the sound',
  finish: 'Finishing',
  fit: 'Fitting the timing',
  mix: 'Mixing the sound',
  mux: 'Putting picture and sound together',
  probe: 'Checking the source',
  sample: 'Voice sample',
  transcribe: 'Transcribing',
  translate: 'Translating',
  voice: 'Voicing',
} as const
