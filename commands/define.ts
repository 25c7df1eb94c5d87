import type { z } from 'zod'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Reply } from '#domain/card.ts'
import type { Role } from '#domain/role.ts'
import type { ServiceContext } from '#services/context.ts'

/** What a handler gets: never a platform. `ctx.scope`, `ctx.member`, `ctx.t` are already those of the asker. */
export interface CommandContext extends ServiceContext {
  /** the room it was asked in; a project opens its thread there */
  readonly roomId: string
  /** the project of the thread it was typed in, if any */
  readonly projectId: string | undefined
  /** files sent along, already in the store */
  readonly files: readonly ArtifactRef[]
}

/** One verb of a command, or a whole command without verbs. `args` keys become options; zod `.meta({ choices, autocomplete, positional })` steers them. */
export interface Verb<A extends z.ZodObject = z.ZodObject> {
  readonly role: Role
  readonly args: A
  run(args: z.output<A>, ctx: CommandContext): Promise<Reply>
}

export interface Command<A extends z.ZodObject = z.ZodObject> {
  readonly name: string
  /** words key of the one-line description */
  readonly summary: string
  readonly examples: readonly string[]
  /** exactly one of `verb` and `verbs` */
  readonly verb?: Verb<A>
  readonly verbs?: Readonly<Record<string, Verb>>
  /** with `verbs`: what the bare name does, e.g. `/project` lists */
  readonly defaultVerb?: string
}

/** A button, select or form. `values` is what the person filled in, parsed by `input`. */
export interface Action<I extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly role: Role
  readonly input: I
  run(
    request: {
      readonly target: string
      readonly version: number
      readonly payload: unknown
      readonly values: z.output<I>
      readonly files: readonly ArtifactRef[]
    },
    ctx: CommandContext,
  ): Promise<Reply | undefined>
}

export function defineVerb<A extends z.ZodObject>(verb: Verb<A>): Verb<A> {
  return verb
}

/** Declares a command without verbs. */
export function defineCommand<A extends z.ZodObject>(
  command: Omit<Command<A>, 'verb' | 'verbs'> & Verb<A>,
): Command<A> {
  const { role, args, run, ...rest } = command
  return { ...rest, verb: { role, args, run } }
}

/** Declares a command with verbs: a folder, one file a verb. */
export function defineVerbs(
  command: Omit<Command, 'verb' | 'verbs'> & { verbs: Readonly<Record<string, Verb>> },
): Command {
  return command
}

export function defineAction<I extends z.ZodObject>(action: Action<I>): Action<I> {
  return action
}
