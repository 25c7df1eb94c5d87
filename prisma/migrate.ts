import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { AppError } from '#core/errors.ts'

/** The advisory lock that Prisma's own `migrate deploy` takes, so that neither runs beside the other. */
const PRISMA_LOCK = 72_707_369

const BOOKKEEPING = `create table if not exists "_prisma_migrations" (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

/**
 * Applies what is new in prisma/migrations, each in a transaction, and returns the names applied. Keeps Prisma's own
 * bookkeeping, because its schema engine cannot be downloaded everywhere. Throws DATABASE_DOWN when a migration was
 * edited after being applied, failed earlier, or does not apply.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
    await client.query(BOOKKEEPING)
    return await applyMissing(client, join(import.meta.dirname, 'migrations'))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('DATABASE_DOWN', 'the database cannot be migrated', { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function applyMissing(client: pg.Client, folder: string): Promise<string[]> {
  const done = await appliedChecksums(client)
  const applied: string[] = []
  for (const name of (await readdir(folder)).filter((entry) => /^\d{14}_/.test(entry)).sort()) {
    const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const earlier = done.get(name)
    if (earlier === undefined) {
      await apply(client, name, sql, checksum)
      applied.push(name)
    } else if (earlier !== checksum) {
      throw new AppError('DATABASE_DOWN', `migration ${name} was edited after being applied, or failed earlier`)
    }
  }
  return applied
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string | null>> {
  const { rows } = await client.query<{ name: string; checksum: string | null }>(
    `select migration_name as name, case when finished_at is not null then checksum end as checksum
       from "_prisma_migrations" where rolled_back_at is null`,
  )
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

async function apply(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new AppError('DATABASE_DOWN', `migration ${name} does not apply`, { cause: error, data: { migration: name } })
  }
}
