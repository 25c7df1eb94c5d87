/** What a running step says of itself, beside its bar. */
export const progress = {
  downloading: '{{percent}} % at {{speed}} MB/s',
  receiving: '{{received, bytes}} at {{speed}} MB/s',
  extracting: 'taking out the sound',
  listening: 'listening',
  translating: '{{done}} of {{total}} lines',
  voicing: '{{done}} of {{total}} lines',
  fitting: '{{done}} of {{total}} lines',
  mixing: 'mixing and levelling',
  muxing: 'putting it together',
  previewing: 'making the preview',
} as const
