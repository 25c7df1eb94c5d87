import { z } from 'zod'
import { invalid } from '#services/invalid.ts'
import { nearest } from '#domain/nearest.ts'
import type { Card } from '#domain/card.ts'
import { argMeta, type ArgMeta } from './arg-meta.ts'
import { defineCommand, type Command, type CommandContext, type Verb } from './define.ts'

/** `/help`, made from the registry that it is given: a new command explains itself. */
export function helpCommand(others: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'commands.help.summary',
    role: 'viewer',
    examples: ['/help', '/help dub'],
    args: z.object({
      command: z
        .string()
        .max(40)
        .optional()
        .meta({ positional: true } satisfies ArgMeta),
    }),
    async run({ command: typed }, ctx) {
      const commands = others()
      if (typed === undefined) return { kind: 'card', card: overview(ctx, commands) }
      const name = typed.replace(/^\//u, '').toLowerCase()
      const command = commands.find((candidate) => candidate.name === name)
      if (command === undefined) throw unknown(ctx, name, commands)
      return { kind: 'card', card: explained(ctx, command) }
    },
  })
}

function overview({ t }: CommandContext, commands: readonly Command[]): Card {
  const fields = commands.map((command) => ({
    name: `/${command.name}`,
    value: t(command.summary as 'commands.help.summary'),
  }))
  return { title: t('commands.help.title'), text: t('commands.help.text'), tone: 'info', fields }
}

function explained({ t }: CommandContext, command: Command): Card {
  const verbs: [string, Verb][] =
    command.verb === undefined ? Object.entries(command.verbs ?? {}) : [['', command.verb]]
  const fields = verbs.map(([verb, { args, role }]) => {
    const name = `/${[command.name, verb].filter((part) => part !== '').join(' ')}`
    const options = Object.entries(args.shape).map(([option, schema]) => optionLine(t, option, schema as z.ZodType))
    return {
      name: `${name} (${t(`commands.role.${role}`)})`,
      value: options.length === 0 ? t('commands.help.noOptions') : options.join('\n'),
    }
  })
  return {
    title: `/${command.name}`,
    text: t(command.summary as 'commands.help.summary'),
    tone: 'info',
    fields: [...fields, { name: t('commands.help.examples'), value: command.examples.join('\n') }],
  }
}

function optionLine(t: CommandContext['t'], option: string, schema: z.ZodType): string {
  const meta = argMeta(schema)
  const optional = schema.safeParse(undefined).success
  const name = meta.positional === true ? `<${option}>` : `${option}:`
  const choices = meta.choices === undefined ? '' : ` (${meta.choices.join(', ')})`
  return `${optional ? `[${name}]` : name} ${t(`commands.option.${option}` as 'commands.option.to')}${choices}`
}

function unknown({ t }: CommandContext, name: string, commands: readonly Command[]) {
  const names = commands.map((command) => command.name)
  const near = nearest(name, names)
  const accepted = names.map((known) => `/${known}`).join(', ')
  return near === undefined
    ? invalid(t, 'commands.problem.unknownCommand', { typed: `/${name}`, accepted })
    : invalid(t, 'commands.problem.unknownCommandNear', { typed: `/${name}`, near: `/${near}` })
}
