const MAX_LENGTH = 80

/** A name for a result's file, without its end: the title as far as every file system takes it, then the language. */
export function fileName(title: string, language: string): string {
  const safe = title
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    // a name that begins with `-` is an option to many tools, one with `.` is hidden
    .replace(/^[-.\s]+/u, '')
  const short = [...safe]
    .slice(0, MAX_LENGTH)
    .join('')
    .replace(/[.\s]+$/u, '')
  return `${short || 'video'}.${language}`
}
