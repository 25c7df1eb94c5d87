import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

/** One process's way to PostgreSQL. Only composition roots make one; queries get a `ScopedDb` made from it. */
export interface Database {
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  close(): Promise<void>
}

/**
 * Opens a pool of at most `max` connections, shared by Prisma and by raw SQL. `onError` hears of idle connections that
 * broke (the pool replaces them by itself).
 */
export function connect(options: { url: string; max: number; onError?: (error: Error) => void }): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  // without a listener a broken idle connection would end the process
  pool.on('error', options.onError ?? (() => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    pool,
    prisma,
    close: async () => {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}
