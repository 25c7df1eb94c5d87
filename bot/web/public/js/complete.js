/** Most suggestions shown at once. */
const MOST = 8

/**
 * What could come next in a command line at the caret, from what the room says of its commands. Pure: tested beside.
 * @returns {{ from: number, items: { insert: string, label: string, note: string }[], hint?: { usage: string, at: string } }}
 *   `insert` replaces the text from `from` to the caret
 */
export function complete(text, caret, { commands, suggestions }) {
  const before = text.slice(0, caret)
  if (!before.startsWith('/')) return { from: caret, items: [] }
  const words = before.slice(1).split(/\s+/)
  const word = words.at(-1) ?? ''
  const from = caret - word.length
  if (words.length === 1) return { from: 0, items: commandItems(commands, word) }
  const command = commands.find((candidate) => candidate.name === words[0].toLowerCase())
  if (!command) return { from, items: [] }
  const plain = command.verbs.find((verb) => verb.name === '')
  if (!plain && words.length === 2) return { from, items: verbItems(command, word) }
  const verb = plain ?? command.verbs.find((candidate) => candidate.name === words[1])
  if (!verb) return { from, items: [] }
  return {
    from,
    items: optionItems(verb, word, words.slice(plain ? 1 : 2, -1), suggestions),
    hint: { usage: usage(command, verb), at: word },
  }
}

function commandItems(commands, word) {
  return commands
    .filter(({ name }) => name.startsWith(word.toLowerCase()))
    .slice(0, 20)
    .map(({ name, summary }) => ({ insert: `/${name} `, label: `/${name}`, note: summary }))
}

function verbItems(command, word) {
  return command.verbs
    .filter(({ name }) => name.startsWith(word.toLowerCase()))
    .map(({ name, summary }) => ({ insert: `${name} `, label: name, note: summary ?? '' }))
}

function optionItems(verb, word, used, suggestions) {
  const [, name, typed] = /^([a-z][a-z-]*):(.*)$/i.exec(word) ?? []
  const arg = name && verb.args.find((candidate) => candidate.name === name.toLowerCase())
  if (arg) return valueItems(arg, `${name}:`, typed, suggestions)
  const taken = new Set(used.map((part) => /^([a-z][a-z-]*):/i.exec(part)?.[1]))
  const given = used.filter((part) => !/^[a-z][a-z-]*:(?!\/\/)/i.test(part)).length
  const places = verb.args.filter((candidate) => candidate.positional && !taken.has(candidate.name)).slice(given)
  const free = verb.args.filter(
    (candidate) => !taken.has(candidate.name) && (!candidate.positional || places.includes(candidate)),
  )
  const [positional] = places
  const values = positional ? valueItems(positional, '', word, suggestions) : []
  const options = free
    .filter((candidate) => candidate.name.startsWith(word.toLowerCase()) && !(candidate.positional && word === ''))
    .map((candidate) => ({ insert: `${candidate.name}:`, label: `${candidate.name}:`, note: candidate.summary ?? '' }))
  return [...values, ...options].slice(0, MOST + 4)
}

/** Values of an option; in a list the last one is completed. */
function valueItems(arg, prefix, typed, suggestions) {
  const before = arg.list && typed.includes(',') ? typed.slice(0, typed.lastIndexOf(',') + 1) : ''
  const part = typed.slice(before.length).toLowerCase()
  const known = arg.choices ? arg.choices.map((value) => ({ value, label: '' })) : (suggestions[arg.autocomplete] ?? [])
  const chosen = new Set(before.split(','))
  return known
    .filter(({ value, label }) => !chosen.has(value) && (value.toLowerCase().startsWith(part) || hasWord(label, part)))
    .filter(({ value }) => value.toLowerCase() !== part)
    .sort((a, b) => Number(b.value.toLowerCase().startsWith(part)) - Number(a.value.toLowerCase().startsWith(part)))
    .slice(0, MOST)
    .map(({ value, label }) => ({
      insert: `${prefix}${before}${/\s/.test(value) ? `"${value}"` : value} `,
      label: value,
      note: label === value ? '' : label,
    }))
}

/** Whether a word of the label begins so. */
function hasWord(label, part) {
  return label
    .toLowerCase()
    .split(/[\s(·]+/)
    .some((word) => word.startsWith(part))
}

/** What must be given first, then what is typed without a name, then what most people want. */
function rank(arg) {
  return arg.required ? 0 : arg.positional ? 1 : arg.name === 'to' ? 2 : 3
}

function usage(command, verb) {
  const args = verb.args
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ name, required, positional }) =>
      positional ? (required ? `<${name}>` : `[${name}]`) : required ? `${name}:` : `[${name}:]`,
    )
  return [`/${command.name}`, verb.name, ...args].filter(Boolean).join(' ')
}
