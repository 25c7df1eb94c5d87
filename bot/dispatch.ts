import { AppError } from '#core/errors.ts'
import { room } from '#core/words/en/room.ts'
import type { Translate, WordKey } from '#core/words/index.ts'
import type { Action, Command, CommandContext } from '#commands/define.ts'
import { parseArgs } from '#commands/parse-args.ts'
import { parseCommand } from '#commands/parse.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Reply } from '#domain/card.ts'
import { mayAct, type Role } from '#domain/role.ts'
import { findAction, type MintedAction } from '#services/chat/find-action.ts'
import { findThread } from '#services/chat/find-thread.ts'
import { openLobby } from '#services/chat/open-lobby.ts'
import { openProjectThread } from '#services/chat/open-project-thread.ts'
import { projectTitle } from '#services/chat/project-title.ts'
import { releaseAction } from '#services/chat/release-action.ts'
import { takeAction } from '#services/chat/take-action.ts'
import type { ServiceContext } from '#services/context.ts'
import type { Asker } from './asker.ts'
import { answerPlainMessage } from './plain-message.ts'
import { postReply } from './post-reply.ts'

export interface Dispatcher {
  /** What a person typed or sent. Settles when it is accepted and its thread shows it. @throws AppError what is wrong with it */
  message(request: {
    readonly asker: Asker
    readonly text: string
    readonly files: readonly ArtifactRef[]
    readonly threadId?: string | undefined
  }): Promise<{ threadId: string }>
  /** A click, a choice, a filled form. @throws FORBIDDEN, STALE, ALREADY_DECIDED {by}, INVALID_INPUT … */
  action(request: {
    readonly asker: Asker
    readonly token: string
    readonly values: Readonly<Record<string, string>>
    readonly files: readonly ArtifactRef[]
  }): Promise<{ threadId: string | undefined }>
}

export interface DispatcherParts {
  readonly commands: readonly Command[]
  readonly actions: readonly Action[]
  contextFor(asker: Asker): ServiceContext
  /** brings a project's threads up to date now */
  reconcile(projectId: string): Promise<void>
}

/**
 * The one way from a chat platform to commands and actions, and the only place that checks roles: nothing is allowed that
 * does not say who may do it.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  return { message: (request) => dispatchMessage(parts, request), action: (request) => dispatchAction(parts, request) }
}

async function dispatchMessage(
  parts: DispatcherParts,
  request: Parameters<Dispatcher['message']>[0],
): Promise<{ threadId: string }> {
  const { asker, text, files, threadId } = request
  requireRole(asker, 'viewer')
  const service = parts.contextFor(asker)
  const thread = await whereTyped(service, asker, threadId)
  const ctx: CommandContext = { ...service, roomId: asker.roomId, projectId: thread.projectId ?? undefined, files }
  const reply = text.trim().startsWith('/')
    ? await runCommand(parts, asker, text, ctx)
    : await answerPlainMessage(ctx, text, (role) => requireRole(asker, role))
  return { threadId: await showReply(parts, ctx, asker, thread.id, reply) }
}

async function runCommand(parts: DispatcherParts, asker: Asker, text: string, ctx: CommandContext): Promise<Reply> {
  const parsed = parseCommand(text, parts.commands, ctx.t)
  // the role first: what a member may not do does not tell how it is done
  requireRole(asker, parsed.verb.role)
  const args = parseArgs(parsed, ctx.t)
  return parsed.verb.run(args, ctx)
}

async function dispatchAction(
  parts: DispatcherParts,
  request: Parameters<Dispatcher['action']>[0],
): Promise<{ threadId: string | undefined }> {
  const { asker, token, files } = request
  requireRole(asker, 'viewer')
  const service = parts.contextFor(asker)
  const minted = await findAction(service.db, token)
  if (!minted || minted.roomId !== asker.roomId) throw new AppError('STALE', 'nobody minted this token here')
  const action = parts.actions.find((candidate) => candidate.name === minted.name)
  if (!action) throw new AppError('STALE', `no action ${minted.name} any more`)
  authorise(asker, minted, action.role)
  if (minted.expiresAt && minted.expiresAt < service.now()) throw new AppError('STALE', 'the token has expired')
  const ctx: CommandContext = { ...service, roomId: asker.roomId, projectId: minted.projectId ?? undefined, files }
  try {
    const reply = await runAction(action, minted, request.values, ctx)
    return { threadId: reply && (await showReply(parts, ctx, asker, minted.threadId ?? undefined, reply)) }
  } finally {
    // applied or stale: either way the thread shows what is so now
    if (minted.projectId) await parts.reconcile(minted.projectId)
  }
}

async function runAction(
  action: Action,
  minted: MintedAction,
  given: Readonly<Record<string, string>>,
  ctx: CommandContext,
): Promise<Reply | undefined> {
  const parsed = action.input.safeParse(given)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))
    const fields = [...names].map((name) => fieldName(ctx.t, name)).join(', ')
    throw new AppError('INVALID_INPUT', 'the form is not filled in as asked', {
      cause: parsed.error,
      data: { reason: 'fields', fields },
    })
  }
  const { token, target, version, payload } = minted
  const run = () => action.run({ target, version, payload, values: parsed.data, files: ctx.files }, ctx)
  if (!minted.oneShot) return run()
  await takeAction({ db: ctx.db, token, memberId: ctx.member.id, now: ctx.now() })
  try {
    return await run()
  } catch (error) {
    // what somebody else decided stays decided; anything else can be tried again
    if (!(error instanceof AppError && error.code === 'ALREADY_DECIDED'))
      await releaseAction(ctx.db, token, ctx.member.id)
    throw error
  }
}

/** An input as people know it; what has no word (a key to save) is called by its name. */
function fieldName(t: Translate, name: string): string {
  return Object.hasOwn(room.field, name) ? t(`room.field.${name}` as WordKey) : name
}

function authorise(asker: Asker, minted: MintedAction, least: Role): void {
  requireRole(asker, least)
  requireRole(asker, minted.role as Role)
  if (minted.memberId !== null && minted.memberId !== asker.member.id)
    throw new AppError('FORBIDDEN', 'this button is for somebody else')
}

/** Whether somebody may send files at all: asked before a byte of them is kept. @throws FORBIDDEN */
export function requireUploader(asker: Asker): void {
  requireRole(asker, 'editor')
}

function requireRole({ member }: Asker, least: Role): void {
  if (!mayAct(member.role, least))
    throw new AppError('FORBIDDEN', `${least} is needed`, { data: { role: least, has: member.role } })
}

async function whereTyped(
  service: ServiceContext,
  asker: Asker,
  threadId: string | undefined,
): Promise<{ id: string; projectId: string | null }> {
  if (threadId === undefined)
    return {
      ...(await openLobby({ db: service.db, roomId: asker.roomId, memberId: asker.member.id })),
      projectId: null,
    }
  const thread = await findThread({ db: service.db, roomId: asker.roomId, memberId: asker.member.id, threadId })
  if (!thread) throw new AppError('NOT_FOUND', 'no such thread')
  return thread
}

/** Opens the project's thread and shows it, or posts the answer where it was asked. Returns the thread that people look at then. */
async function showReply(
  parts: DispatcherParts,
  ctx: CommandContext,
  asker: Asker,
  threadId: string | undefined,
  reply: Reply,
): Promise<string> {
  if (reply.kind === 'thread') {
    const { projectId } = reply
    const thread = await openProjectThread({
      db: ctx.db,
      roomId: asker.roomId,
      projectId,
      title: await projectTitle(ctx.db, projectId),
    })
    await parts.reconcile(projectId)
    return thread.id
  }
  const memberId = asker.member.id
  const id = threadId ?? (await openLobby({ db: ctx.db, roomId: asker.roomId, memberId })).id
  await postReply({
    db: ctx.db,
    thread: { id, roomId: asker.roomId, projectId: ctx.projectId ?? null },
    memberId,
    card: reply.card,
  })
  return id
}
