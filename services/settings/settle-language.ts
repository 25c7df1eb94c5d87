import { nearestLocale, type Locale } from '#core/words/index.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { readSettings } from './read-settings.ts'
import { SETTINGS } from './registry.ts'

const UNSET = SETTINGS.language.fallback

/**
 * The language of a workspace. Where nobody has set one yet, that of the first admin who comes, kept so that everybody
 * reads the same threads; `/settings set language` changes it like any other.
 */
export async function settleLanguage(request: {
  readonly db: ScopedDb
  /** what the admin's browser prefers; undefined: not an admin, or it does not say */
  readonly preferred: string | undefined
}): Promise<Locale> {
  const { db, preferred } = request
  const locale = nearestLocale(preferred ?? UNSET)
  if (locale !== UNSET) {
    const { workspaceId } = db.scope
    const row = { workspaceId, memberId: '', key: 'language', value: locale }
    await db.setting.createMany({ data: [row], skipDuplicates: true })
  }
  return nearestLocale((await readSettings(db)).language)
}
