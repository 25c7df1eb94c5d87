import { nearestLocale, type Locale } from '#core/words/index.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { SETTINGS } from './registry.ts'

const { schema, fallback } = SETTINGS.language

/**
 * The language of a workspace. Where nobody has set one yet, that of the first admin who comes, kept so that everybody
 * reads the same threads; `/settings set language` changes it like any other. Asked with every request: it writes once.
 */
export async function settleLanguage(request: {
  readonly db: ScopedDb
  /** what the admin's browser prefers; undefined: not an admin, or it does not say */
  readonly preferred: string | undefined
}): Promise<Locale> {
  const { db, preferred } = request
  const stored = await db.setting.findFirst({ where: { memberId: '', key: 'language' }, select: { value: true } })
  if (stored !== null) return schema.catch(fallback).parse(stored.value)
  const locale = nearestLocale(preferred ?? fallback)
  if (locale === fallback) return fallback
  const { workspaceId } = db.scope
  // two pages that open at once: whichever came first stays
  await db.setting.createMany({
    data: [{ workspaceId, memberId: '', key: 'language', value: locale }],
    skipDuplicates: true,
  })
  return locale
}
