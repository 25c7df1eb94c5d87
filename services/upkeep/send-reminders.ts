import type { Scope } from '#domain/scope.ts'
import { dueReminders } from '#prisma/queries/system/reminders.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { Settings } from '../settings/registry.ts'
import { isQuiet } from '../settings/read-quiet-hours.ts'
import type { UpkeepContext } from './context.ts'

/** After how many hours a checkpoint that waits is reminded of; the later one first, so that nobody gets both at once. */
const HOURS = [24, 4] as const
const HOUR_MS = 3_600_000
/** As many as one pass takes; the next one goes on. */
const BATCH = 500

/**
 * Notes a reminder for each checkpoint that has waited 4 or 24 hours: once, outside the workspace's quiet hours, and only
 * where it wants reminders. The note itself makes the project's thread show it. Returns how many.
 */
export async function sendReminders(ctx: UpkeepContext): Promise<number> {
  const settings = new Map<string, Settings>()
  let sent = 0
  for (const hours of HOURS) {
    const readyBefore = new Date(ctx.now().getTime() - hours * HOUR_MS * ctx.timeScale)
    for (const { id: stepId, scope } of await dueReminders(ctx.db, { hours, readyBefore, limit: BATCH })) {
      const { notify } = await settingsOf(ctx, scope, settings)
      if (!notify.reminders || isQuiet(notify, ctx.now())) continue
      sent += await remind(ctx, scope, stepId, hours)
    }
  }
  if (sent > 0) ctx.log.info({ reminders: sent }, 'reminders sent')
  return sent
}

async function remind(ctx: UpkeepContext, scope: Scope, stepId: string, hours: number): Promise<number> {
  const db = ctx.within(scope)
  const later = await db.reminder.count({ where: { stepId, hours: { gt: hours } } })
  if (later > 0) return 0
  const made = await db.reminder.createMany({
    data: [{ ...scope, stepId, hours, sentAt: ctx.now() }],
    skipDuplicates: true,
  })
  return made.count
}

async function settingsOf(ctx: UpkeepContext, scope: Scope, known: Map<string, Settings>): Promise<Settings> {
  const settings = known.get(scope.workspaceId) ?? (await readSettings(ctx.within(scope)))
  known.set(scope.workspaceId, settings)
  return settings
}
