import { AppError } from '#core/errors.ts'
import type { Translate } from '#core/words/index.ts'
import { nearest } from '#domain/nearest.ts'
import { invalid } from '#services/invalid.ts'
import { argMeta } from './arg-meta.ts'
import type { Command, Verb } from './define.ts'
import { tokens, type TypedWord } from './tokens.ts'

/** A typed line, understood: which verb, and its options as typed. Roles and values are not checked yet. */
export interface ParsedCommand {
  readonly command: Command
  /** undefined for a command without verbs */
  readonly verbName: string | undefined
  readonly verb: Verb
  readonly raw: Readonly<Record<string, string>>
}

/**
 * Reads `/name [verb] positional… key:value key:"with spaces"`.
 * @throws UNKNOWN_COMMAND with the nearest name; INVALID_INPUT saying which options there are
 */
export function parseCommand(text: string, known: readonly Command[], t: Translate): ParsedCommand {
  const words = tokens(text.trim())
  const typed = (words[0]?.text ?? '').replace(/^\//u, '').replace(/@.*$/u, '').toLowerCase()
  const command = known.find((candidate) => candidate.name === typed)
  if (command === undefined) throw unknownCommand(typed, known, t)
  const rest = words.slice(1)
  if (command.verb !== undefined) {
    return { command, verbName: undefined, verb: command.verb, raw: readOptions(command.verb, rest, t) }
  }
  const { verbName, verb, after } = chooseVerb(command, rest, t)
  return { command, verbName, verb, raw: readOptions(verb, after, t) }
}

function unknownCommand(typed: string, known: readonly Command[], t: Translate): AppError {
  const names = known.map((command) => command.name)
  const near = nearest(typed, names)
  const accepted = names.map((name) => `/${name}`).join(', ')
  const reason =
    near === undefined
      ? t('commands.problem.unknownCommand', { typed: `/${typed}`, accepted })
      : t('commands.problem.unknownCommandNear', { typed: `/${typed}`, near: `/${near}` })
  return new AppError('UNKNOWN_COMMAND', `no command /${typed}`, {
    data: { command: typed, nearest: near, accepted, reason },
  })
}

function chooseVerb(command: Command, words: readonly TypedWord[], t: Translate) {
  const verbs = command.verbs ?? {}
  const first = words[0]?.quoted === true ? undefined : words[0]?.text.toLowerCase()
  const named = first === undefined || !Object.hasOwn(verbs, first) ? undefined : verbs[first]
  if (first !== undefined && named !== undefined) return { verbName: first, verb: named, after: words.slice(1) }
  const near = first === undefined ? undefined : nearest(first, Object.keys(verbs))
  const fallback = command.defaultVerb === undefined ? undefined : verbs[command.defaultVerb]
  if (fallback !== undefined && near === undefined)
    return { verbName: command.defaultVerb, verb: fallback, after: words }
  const values = {
    command: `/${command.name}`,
    typed: first ?? '',
    accepted: Object.keys(verbs).join(', '),
    near: near ?? '',
  }
  throw invalid(t, near === undefined ? 'commands.problem.verb' : 'commands.problem.verbNear', values)
}

function readOptions(verb: Verb, words: readonly TypedWord[], t: Translate): Record<string, string> {
  const shape = verb.args.shape
  const open = Object.keys(shape).filter((name) => argMeta(shape[name] as never).positional === true)
  const raw: Record<string, string> = {}
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as TypedWord
    const option = word.quoted ? undefined : splitOption(word.text, Object.keys(shape))
    if (option === undefined) {
      takePositional(word, open, raw, verb, t)
      continue
    }
    if (raw[option.name] !== undefined) throw invalid(t, 'commands.problem.twice', { option: option.name })
    let value = option.value
    // people write a space behind the comma: `to:pt-BR, es`
    while (
      argMeta(shape[option.name] as never).list === true &&
      value.endsWith(',') &&
      words[index + 1] !== undefined
    ) {
      value += words[++index]?.text ?? ''
    }
    raw[option.name] = value
  }
  return raw
}

function splitOption(text: string, names: readonly string[]): { name: string; value: string } | undefined {
  const match = /^([a-z][a-z-]*):(.*)$/isu.exec(text)
  const name = match?.[1]?.toLowerCase()
  return name === undefined || !names.includes(name) ? undefined : { name, value: match?.[2] ?? '' }
}

function takePositional(word: TypedWord, open: string[], raw: Record<string, string>, verb: Verb, t: Translate): void {
  const name = open.find((candidate) => raw[candidate] === undefined)
  const shape = verb.args.shape
  const resting = open.find((candidate) => argMeta(shape[candidate] as never).rest === true)
  if (name !== undefined) {
    refuseUnknownOption(word, name === resting, verb, t)
    raw[name] = word.text
  } else if (resting !== undefined) {
    raw[resting] = `${raw[resting]} ${word.text}`
  } else {
    refuseUnknownOption(word, false, verb, t)
    throw invalid(t, 'commands.problem.extra', { typed: word.text, accepted: optionNames(verb) })
  }
}

/** `sped:2` is a mistyped option, not a file name; `https://…` is no option. */
function refuseUnknownOption(word: TypedWord, free: boolean, verb: Verb, t: Translate): void {
  const key = /^([a-z][a-z-]*):(?!\/\/)/iu.exec(word.text)?.[1]
  if (word.quoted || free || key === undefined) return
  const near = nearest(key, Object.keys(verb.args.shape))
  const values = { option: key, accepted: optionNames(verb), near: near ?? '' }
  throw invalid(t, near === undefined ? 'commands.problem.option' : 'commands.problem.optionNear', values)
}

function optionNames(verb: Verb): string {
  return Object.keys(verb.args.shape)
    .map((name) => `${name}:`)
    .join(' ')
}
