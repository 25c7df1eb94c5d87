import type { Database } from './client.ts'
import type { PrismaClient } from './generated/client.ts'

/** A client that sees every tenant: for the engine and for queries/system, which return ids with their scope. */
export type UnscopedDb = PrismaClient

export function unscopedDb(database: Database): UnscopedDb {
  return database.prisma
}
