import type { UpkeepContext } from '#services/upkeep/context.ts'

/** Something that is done by the clock. Running it twice does no harm: it finds what is due by itself. */
export interface Schedule {
  readonly name: string
  /** five fields, `minute hour day month weekday` */
  readonly cron: string
  /** IANA */
  readonly timezone: string
  run(ctx: UpkeepContext): Promise<void>
}

/** Declares a schedule; scheduler/index.ts lists it. */
export function defineSchedule(schedule: Schedule): Schedule {
  return schedule
}
