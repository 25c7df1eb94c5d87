import type { ServiceContext } from '../context.ts'
import { SETTINGS, type SettingKey, type Settings } from './registry.ts'

/** Sets one setting of the workspace. The value was validated by the command; the schema is the last guard. */
export async function writeSetting<K extends SettingKey>(request: {
  readonly ctx: ServiceContext
  readonly key: K
  readonly value: Settings[K]
}): Promise<void> {
  const { ctx, key } = request
  const value = SETTINGS[key].schema.parse(request.value) as object
  const { workspaceId } = ctx.scope
  await ctx.db.setting.upsert({
    where: { workspaceId_memberId_key: { workspaceId, memberId: '', key } },
    create: { workspaceId, memberId: '', key, value },
    update: { value },
  })
}
