import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connect } from '#prisma/client.ts'
import type { Database } from '#prisma/client.ts'
import { TEMPLATE } from './server.ts'

export interface TestDatabase {
  readonly url: string
  readonly database: Database
  /** closes `database` and removes it from the server, whoever is still connected */
  drop(): Promise<void>
}

/** A fresh, migrated database of its own. `serverUrl`: where there is no vitest, the url of `startTestServer()`. */
export async function testDatabase(serverUrl: string = inject('testServerUrl'), max = 6): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(serverUrl, `create database ${name} template ${TEMPLATE}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = connect({ url: url.href, max })
  return {
    url: url.href,
    database,
    drop: async () => {
      await database.close()
      await administer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
