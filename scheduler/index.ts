import type { Schedule } from './define.ts'
import { expired } from './expired.ts'
import { reminders } from './reminders.ts'
import { retention } from './retention.ts'
import { storeSweep } from './store-sweep.ts'
import { unstarted } from './unstarted.ts'
import { uploads } from './uploads.ts'

/** Everything that is done by the clock, in alphabetical order. */
export const schedules = [
  expired,
  reminders,
  retention,
  storeSweep,
  unstarted,
  uploads,
] as const satisfies readonly Schedule[]
