import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const SCHEMA = new URL('../../prisma/schema.prisma', import.meta.url)
/** PostgreSQL's internal one-byte type, which the adapter does not know; and the list of it, which it does. */
const CHAR_OID = 18
const CHAR_LIST_OID = 1002

/** Node has it; the compiler's library for Node does not say so. */
declare const WebAssembly: { instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: object } }> }

/**
 * The SQL that makes a database what prisma/schema.prisma says; '' when it is so already. Runs Prisma's schema engine as
 * WebAssembly, because its binary cannot be downloaded everywhere. What the schema language cannot say (partial indexes,
 * triggers, sequences) is not compared.
 */
export async function schemaDiff(url: string): Promise<string> {
  const content = await readFile(SCHEMA, 'utf8')
  const files = [{ path: 'schema.prisma', content }]
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  try {
    const { SchemaEngine } = await loadEngine()
    const engine = await SchemaEngine.new(
      { datamodels: [['schema.prisma', content]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(charAware(pool)),
    )
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: process.cwd() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
    })
    return /^--.*empty migration/m.test(stdout ?? '') ? '' : (stdout ?? '')
  } finally {
    await pool.end()
  }
}

let loaded: Promise<typeof engineModule> | undefined

function loadEngine(): Promise<typeof engineModule> {
  loaded ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
    const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engineModule } })
    // the bundler's part of the package, which Node does not do: the two halves are introduced to each other
    const wired = engineModule as typeof engineModule & { __wbg_set_wasm(exports: unknown): void }
    wired.__wbg_set_wasm(instance.exports)
    const { __wbindgen_start: start } = instance.exports as { __wbindgen_start?: () => void }
    start?.()
    return engineModule
  })()
  return loaded
}

/** An adapter that hands on one-byte columns, which the engine asks PostgreSQL's catalogue for. */
function charAware(pool: pg.Pool): PrismaPg {
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>
  const renamed = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
    const result = await query(config)
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_LIST_OID
    return result
  }
  const factory = new PrismaPg(Object.assign(pool, { query: renamed as typeof pool.query }))
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (sql) => {
      const { columnTypes, ...rest } = await queryRaw(sql)
      const { Character, CharacterArray } = ColumnTypeEnum
      return { ...rest, columnTypes: columnTypes.map((type) => (type === CharacterArray ? Character : type)) }
    }
    return adapter
  }
  return factory
}
