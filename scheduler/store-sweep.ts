import { sweepStore } from '#services/upkeep/sweep-store.ts'
import { defineSchedule, type Schedule } from './define.ts'

export const storeSweep = storeSweepSchedule()

/** Remembers what the pass before suspected: only that is removed. */
function storeSweepSchedule(): Schedule {
  let suspects: ReadonlySet<string> = new Set()
  return defineSchedule({
    name: 'store-sweep',
    cron: '52 */6 * * *',
    timezone: 'UTC',
    async run(ctx) {
      suspects = await sweepStore(ctx, suspects)
    },
  })
}
