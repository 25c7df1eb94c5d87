import { randomBase62 } from '#core/ids.ts'
import type { Intent } from '#domain/card.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/**
 * One token for each intent, `a:<12 base62>`: minted once for a room and an intent, and reused ever after, so that the same
 * card has the same buttons. In the order of `intents`.
 */
export async function mintTokens(request: {
  readonly db: ScopedDb
  readonly thread: { readonly id: string; readonly roomId: string; readonly projectId: string | null }
  readonly intents: readonly Intent[]
}): Promise<string[]> {
  const { db, thread, intents } = request
  if (intents.length === 0) return []
  const known = await readTokens(db, thread.roomId, intents)
  const missing = intents.filter((intent) => !known.has(identity(intent)))
  if (missing.length > 0) {
    await db.action.createMany({ data: missing.map((intent) => actionRow(db, thread, intent)), skipDuplicates: true })
    for (const [key, token] of await readTokens(db, thread.roomId, missing)) known.set(key, token)
  }
  return intents.map((intent) => known.get(identity(intent)) ?? '')
}

async function readTokens(db: ScopedDb, roomId: string, intents: readonly Intent[]): Promise<Map<string, string>> {
  const targets = [...new Set(intents.map((intent) => intent.target))]
  const rows = await db.action.findMany({
    where: { roomId, target: { in: targets } },
    select: { token: true, name: true, verb: true, target: true, version: true, role: true, memberId: true },
  })
  return new Map(rows.map((row) => [identity({ ...row, action: row.name }), row.token]))
}

/** What makes two intents the same: the columns of the table's unique index. */
function identity(intent: {
  action: string
  verb: string
  target: string
  version: number
  role: string
  memberId?: string | null | undefined
}): string {
  return JSON.stringify([
    intent.action,
    intent.verb,
    intent.target,
    intent.version,
    intent.role,
    intent.memberId ?? null,
  ])
}

function actionRow(db: ScopedDb, thread: { id: string; roomId: string; projectId: string | null }, intent: Intent) {
  return {
    token: `a:${randomBase62(12)}`,
    workspaceId: db.scope.workspaceId,
    roomId: thread.roomId,
    threadId: thread.id,
    projectId: thread.projectId,
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
