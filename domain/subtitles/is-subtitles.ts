/** Whether a file is a transcript by its name. What is in it decides later. */
export function isSubtitles(file: { readonly name: string }): boolean {
  return /\.(?:srt|vtt|ass|ssa)$/iu.test(file.name)
}
