// `node scripts/migration.ts <name>`: writes prisma/migrations/<time>_<name>/migration.sql with what prisma/schema.prisma has and
// the migrations do not make yet. Read it before committing; add by hand what the schema language cannot say.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '#core/database/embedded.ts'
import { migrate } from '#prisma/migrate.ts'
import { schemaDiff } from './migration/schema-diff.ts'

const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write(
    'A name in small letters and underscores is needed, e.g. `node scripts/migration.ts add_channels`\n',
  )
  process.exit(1)
}
const dataDir = await mkdtemp(path.join(tmpdir(), 'dailies-migration-'))
const server = await startEmbedded({ dataDir, durable: false })
try {
  await migrate(server.url)
  const sql = await schemaDiff(server.url)
  process.stdout.write(
    sql === '' ? 'The migrations make what the schema says: nothing to write.\n' : `${await write(name, sql)}\n`,
  )
} finally {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function write(migration: string, sql: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = path.join(import.meta.dirname, '..', 'prisma', 'migrations', `${time}_${migration}`)
  await mkdir(folder)
  const file = path.join(folder, 'migration.sql')
  await writeFile(file, sql)
  return file
}
