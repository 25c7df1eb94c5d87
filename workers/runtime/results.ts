import type pg from 'pg'
import { newId } from '#core/ids.ts'
import type { Storage } from '#core/storage/storage.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Scope } from '#domain/scope.ts'
import { toJson } from '#engine/json.ts'
import { artifactsIn, mapArtifacts } from './map-artifacts.ts'

/** Longest that a result is kept for reuse (DESIGN 5). */
const MAX_AGE_MS = 30 * 24 * 3600_000

/** Whose step asks: references in a reused result become this project's own. */
export interface Asker {
  readonly scope: Scope
  readonly projectId: string
  readonly stepId: string
}

/** Outputs that can be had again, by key, within a workspace and niche. */
export interface Results {
  /** what is found is the asker's project's from now on: it stays when the one that made it is deleted */
  find(asker: Asker, key: string): Promise<unknown>
  /** nothing is kept for a project that was deleted meanwhile */
  keep(asker: Asker, key: string, output: unknown, ttlMs: number): Promise<void>
}

export function createResults(pool: pg.Pool, storage: Storage): Results {
  return {
    find: async (asker, key) => {
      const { workspaceId, nicheId } = asker.scope
      const found = await pool.query<{ output: unknown }>({
        name: 'find_result',
        text: 'select output from step_result where workspace_id = $1 and niche_id = $2 and key = $3 and expires_at > now()',
        values: [workspaceId, nicheId, key],
      })
      const [row] = found.rows
      if (!row) return undefined
      const refs = artifactsIn(row.output)
      const stored = await Promise.all(refs.map((ref) => storage.stat(ref.sha256)))
      if (stored.includes(undefined)) return undefined
      const own = await ownReferences(pool, asker, refs)
      await pool.query({
        name: 'take_result',
        text: `update step_result set project_id = $4
               where workspace_id = $1 and niche_id = $2 and key = $3 and project_id is distinct from $4`,
        values: [workspaceId, nicheId, key, asker.projectId],
      })
      return mapArtifacts(row.output, (ref) => ({ ...ref, id: own.get(ref.id) ?? ref.id }))
    },
    keep: async ({ scope, projectId }, key, output, ttlMs) => {
      await pool.query(
        `insert into step_result (workspace_id, niche_id, key, output, expires_at, project_id)
         select $1, $2, $3, $4, now() + $5 * interval '1 ms', $6
         where not exists (select 1 from project where id = $6 and deleted_at is not null)
         on conflict (workspace_id, niche_id, key) do update
         set output = excluded.output, expires_at = excluded.expires_at, created_at = now(), project_id = $6`,
        [scope.workspaceId, scope.nicheId, key, toJson(output), Math.min(ttlMs, MAX_AGE_MS), projectId],
      )
    },
  }
}

/** This project's ids for files that another project of the niche may have made: deleting that one does no harm here. */
async function ownReferences(
  pool: pg.Pool,
  { scope, projectId, stepId }: Asker,
  refs: readonly ArtifactRef[],
): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map()
  const { workspaceId, nicheId } = scope
  const known = await pool.query<{ id: string }>(
    'select id from artifact where id = any($1) and project_id = $2 and workspace_id = $3 and niche_id = $4',
    [refs.map((ref) => ref.id), projectId, workspaceId, nicheId],
  )
  const mine = new Set(known.rows.map((row) => row.id))
  const fresh = refs.filter((ref) => !mine.has(ref.id)).map((ref) => ({ ...ref, was: ref.id, id: newId('art') }))
  if (fresh.length > 0) {
    await pool.query(
      `insert into artifact (id, workspace_id, niche_id, project_id, step_id, sha256, kind, mime, bytes, name, language, duration_ms)
       select id, $2, $3, $4, $5, sha256, kind, mime, bytes, name, language, "durationMs" from jsonb_to_recordset($1)
         as x(id text, sha256 text, kind text, mime text, bytes bigint, name text, language text, "durationMs" int)`,
      [toJson(fresh), workspaceId, nicheId, projectId, stepId],
    )
  }
  return new Map(fresh.map((ref) => [ref.was, ref.id]))
}
