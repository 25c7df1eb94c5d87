/** One installed translation direction, e.g. mode `es-pt_BR`: es → pt, variant BR. */
export interface Direction {
  readonly mode: string
  readonly from: string
  readonly to: string
  /** region of the target, e.g. 'BR'; '' for the plain one */
  readonly variant: string
}

/** Reads `apertium -l`: one mode a line, `from-to` or `from-to_VARIANT`, languages by two or three letters. */
export function parseDirections(text: string): Direction[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*([a-z]{2,3})(?:_\w+)?-([a-z]{2,3})(?:_(\w+))?\s*$/u.exec(line)
    if (!found) return []
    const [, from = '', to = '', variant = ''] = found
    return [{ mode: line.trim(), from: bareLanguage(from), to: bareLanguage(to), variant }]
  })
}

/** 'eng' → 'en', 'pt-BR' → 'pt'; what is no tag stays as it is. */
export function bareLanguage(tag: string): string {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).language
  } catch {
    return tag
  }
}

/** 'pt-BR' → 'BR'; '' where none is said. */
export function regionOf(tag: string): string {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-')).region ?? ''
  } catch {
    return ''
  }
}
