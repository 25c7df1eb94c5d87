import { createHash } from 'node:crypto'
import { randomBase62 } from '#core/ids.ts'
import type { Intent } from '#domain/card.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/**
 * One token for each intent, `a:<12 base62>`: minted once for a thread and an intent, and reused ever after, so that the same
 * card has the same buttons, and each is answered in the thread that shows it. In the order of `intents`.
 */
export async function mintTokens(request: {
  readonly db: ScopedDb
  readonly thread: { readonly id: string; readonly roomId: string; readonly projectId: string | null }
  readonly intents: readonly Intent[]
}): Promise<string[]> {
  const { db, thread, intents } = request
  if (intents.length === 0) return []
  const identities = intents.map((intent) => identityOf(thread.id, intent))
  const known = await readTokens(db, thread.roomId, identities)
  const missing = intents.filter((_, index) => !known.has(identities[index] ?? ''))
  if (missing.length > 0) {
    await db.action.createMany({ data: missing.map((intent) => actionRow(db, thread, intent)), skipDuplicates: true })
    for (const [identity, token] of await readTokens(db, thread.roomId, identities)) known.set(identity, token)
  }
  return identities.map((identity) => known.get(identity) ?? '')
}

async function readTokens(db: ScopedDb, roomId: string, identities: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.action.findMany({
    where: { roomId, identity: { in: [...new Set(identities)] } },
    select: { token: true, identity: true },
  })
  return new Map(rows.map((row) => [row.identity, row.token]))
}

/** What makes two intents the same: where they are shown, and everything that they say. */
function identityOf(threadId: string, intent: Intent): string {
  const { action, verb, target, version, role, oneShot, memberId = null, payload = null } = intent
  const said = [threadId, action, verb, target, version, role, oneShot, memberId, payload]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

function actionRow(db: ScopedDb, thread: { id: string; roomId: string; projectId: string | null }, intent: Intent) {
  return {
    token: `a:${randomBase62(12)}`,
    workspaceId: db.scope.workspaceId,
    roomId: thread.roomId,
    threadId: thread.id,
    projectId: thread.projectId,
    identity: identityOf(thread.id, intent),
    name: intent.action,
    verb: intent.verb,
    target: intent.target,
    version: intent.version,
    role: intent.role,
    oneShot: intent.oneShot,
    memberId: intent.memberId ?? null,
    ...(intent.payload !== undefined && { payload: intent.payload as object }),
  }
}
