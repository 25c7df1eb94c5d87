import type { ScopedDb } from '#prisma/scoped.ts'
import { SETTINGS, type SettingKey, type Settings } from './registry.ts'

/** All settings of a workspace, with the defaults of what nobody set. A value that an older version left unreadable counts as not set. */
export async function readSettings(db: ScopedDb): Promise<Settings> {
  const rows = await db.setting.findMany({ where: { memberId: '' } })
  const stored = new Map(rows.map((row) => [row.key, row.value]))
  const entries = (Object.keys(SETTINGS) as SettingKey[]).map((key) => [key, settingValue(key, stored.get(key))])
  return Object.fromEntries(entries) as Settings
}

function settingValue(key: SettingKey, value: unknown): unknown {
  const parsed = SETTINGS[key].schema.safeParse(value)
  return parsed.success ? parsed.data : SETTINGS[key].fallback
}
