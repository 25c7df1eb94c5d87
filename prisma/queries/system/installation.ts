import type { UnscopedDb } from '../../unscoped.ts'

/** Notes a fact of the installation unless it was noted before; returns what stands. */
export async function noteOnce(db: UnscopedDb, key: string, value: string): Promise<string> {
  await db.installation.createMany({ data: { key, value }, skipDuplicates: true })
  return (await db.installation.findUniqueOrThrow({ where: { key } })).value
}
