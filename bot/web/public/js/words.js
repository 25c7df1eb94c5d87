let words = {}
let locale = 'en'

export function useWords(served) {
  words = served.words
  locale = served.locale
  document.documentElement.lang = locale
}

export function currentLocale() {
  return locale
}

/** A word of the page by its dotted key; `{{name}}` stands for a value, `count` chooses the plural. */
export function t(key, values = {}) {
  const plural = values.count === undefined ? undefined : find(`${key}_${values.count === 1 ? 'one' : 'other'}`)
  const text = plural ?? find(key) ?? key
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
}

/** The same, or undefined where there is no such word. */
export function find(key) {
  const found = key.split('.').reduce((tree, part) => tree?.[part], words)
  return typeof found === 'string' ? found : undefined
}
