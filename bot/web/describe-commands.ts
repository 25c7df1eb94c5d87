import type { Translate, WordKey } from '#core/words/index.ts'
import { argMeta } from '#commands/arg-meta.ts'
import type { Command, Verb } from '#commands/define.ts'
import { mayAct, type Role } from '#domain/role.ts'

interface Described {
  readonly name: string
  readonly summary: string
  readonly examples: readonly string[]
  readonly verbs: readonly DescribedVerb[]
}

interface DescribedVerb {
  /** '' for a command without verbs */
  readonly name: string
  readonly summary?: string
  readonly args: readonly DescribedArg[]
}

interface DescribedArg {
  readonly name: string
  readonly summary?: string
  readonly required: boolean
  readonly positional: boolean
  readonly list: boolean
  readonly choices?: readonly string[]
  readonly autocomplete?: string
}

/** Commands as a composer completes them; what a role may not do is not offered. */
export function describeCommands(request: {
  readonly commands: readonly Command[]
  readonly role: Role
  readonly t: Translate
}): Described[] {
  const { commands, role, t } = request
  return commands.flatMap((command) => {
    const verbs = Object.entries(command.verbs ?? (command.verb ? { '': command.verb } : {}))
      .filter(([, verb]) => mayAct(role, verb.role))
      .map(([name, verb]) => describeVerb(command.name, name, verb, t))
    if (verbs.length === 0) return []
    return [{ name: command.name, summary: t(command.summary as WordKey), examples: command.examples, verbs }]
  })
}

function describeVerb(command: string, name: string, verb: Verb, t: Translate): DescribedVerb {
  const summary = name === '' ? undefined : known(t, `commands.${command}.${name}.summary`)
  const args = Object.entries(verb.args.shape).map(([option, schema]): DescribedArg => {
    const { positional = false, list = false, choices, autocomplete } = argMeta(schema)
    const words = known(t, `commands.option.${option}`)
    return {
      name: option,
      ...(words !== undefined && { summary: words }),
      required: !verb.args.shape[option]?.safeParse(undefined).success,
      positional,
      list,
      ...(choices && { choices }),
      ...(autocomplete && { autocomplete }),
    }
  })
  return { name, ...(summary !== undefined && { summary }), args }
}

function known(t: Translate, key: string): string | undefined {
  const words = t(key as WordKey)
  return words === key ? undefined : words
}
