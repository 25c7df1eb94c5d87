import { AppError } from '#core/errors.ts'
import type { Scope } from '#domain/scope.ts'
import type { Database } from './client.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { scopeArguments } from './scope-arguments.ts'

/** Models that belong to the installation or to the engine, not to a tenant. */
type Untenanted = 'stepDependency' | 'installation' | 'worker' | 'fairShare'
type Unguarded = `$${string}`

/** A client within one transaction of a `ScopedDb`. */
export type ScopedTransaction = Omit<PrismaClient, Untenanted | Unguarded> & { readonly scope: Scope }

/**
 * The only client that queries get. Every read and write is confined to `scope`; raw SQL, models without a tenant, and
 * reads or writes through relations that could leave the scope are refused.
 */
export type ScopedDb = ScopedTransaction & {
  $transaction<T>(
    work: (transaction: ScopedTransaction) => Promise<T>,
    options?: { maxWait?: number; timeout?: number; isolationLevel?: Prisma.TransactionIsolationLevel },
  ): Promise<T>
}

const known = new WeakMap<Database, Map<string, ScopedDb>>()

/** A client confined to one workspace and niche. Cheap: made once per scope and process. */
export function scopedDb(database: Database, scope: Scope): ScopedDb {
  const ofDatabase = known.get(database) ?? new Map<string, ScopedDb>()
  known.set(database, ofDatabase)
  const key = JSON.stringify([scope.workspaceId, scope.nicheId])
  const db =
    ofDatabase.get(key) ?? makeScoped(database.prisma, { workspaceId: scope.workspaceId, nicheId: scope.nicheId })
  ofDatabase.set(key, db)
  return db
}

function makeScoped(prisma: PrismaClient, scope: Scope): ScopedDb {
  const extended = prisma.$extends({
    name: 'scope',
    client: { scope },
    query: {
      $allOperations({ model, operation, args, query }) {
        if (model === undefined) throw new AppError('INTERNAL', `${operation} would leave the scope`)
        return query(scopeArguments(model as Prisma.ModelName, operation, args, scope))
      },
    },
  })
  // the extension's own type forgets what it refuses
  return extended as unknown as ScopedDb
}
