import type { Database } from '#prisma/client.ts'
import { scopedDb } from '#prisma/scoped.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { plantNiche, plantWorkspace } from './plant.ts'
import type { Planted } from './plant.ts'

export const CANARY = 'CANARY'

export interface Canaries {
  readonly db: ScopedDb
  /** what `db` may see */
  readonly ours: Planted
  /** another workspace, and another niche of ours: nothing of them may be seen or changed */
  readonly strangers: readonly Planted[]
  /** every row of the strangers, to compare before and after */
  strangersRows(): Promise<string>
}

/** Two tenants beside ours, with a canary in every text they have. */
export async function plantCanaries(database: Database): Promise<Canaries> {
  const ours = await plantWorkspace(database, 'ours', 1)
  const theirs = await plantWorkspace(database, `${CANARY}-workspace`, 901)
  const otherNiche = await plantNiche(database, {
    ...ours.scope,
    roomId: ours.roomId,
    memberId: ours.memberId,
    tag: `${CANARY}-niche`,
    number: 902,
  })
  return {
    db: scopedDb(database, ours.scope),
    ours,
    strangers: [theirs, otherNiche],
    strangersRows: async () => {
      const { rows } = await database.pool.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' order by 1",
      )
      const found = await Promise.all(
        rows.map(({ name }) =>
          database.pool.query<{ row: string }>(
            `select t::text as row from "${name}" t where t::text like '%${CANARY}%' order by 1`,
          ),
        ),
      )
      return found.flatMap((result, index) => result.rows.map(({ row }) => `${rows[index]?.name}: ${row}`)).join('\n')
    },
  }
}

/** Whether a canary is anywhere in a value. */
export function singsCanary(value: unknown): boolean {
  return (
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))?.includes(
      CANARY,
    ) ?? false
  )
}
