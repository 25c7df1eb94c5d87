import path from 'node:path'
import cron from 'node-cron'
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import { AppError } from '#core/errors.ts'
import { runProcess, type Running } from '#core/lifecycle.ts'
import { createLog, type Logger } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import { createEngine } from '#engine/create.ts'
import { timings } from '#engine/timings.ts'
import { connect } from '#prisma/client.ts'
import { scopedDb } from '#prisma/scoped.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import type { UpkeepContext } from '#services/upkeep/context.ts'
import type { Schedule } from './define.ts'
import { schedules } from './index.ts'

await runProcess(start)

/** Starts the clock. Every schedule also runs once at start, so that what came due while nothing ran is done. */
async function start(): Promise<Running> {
  const env = readEnv({ ...envShapes.dataDir, ...envShapes.databaseUrl, ...envShapes.timeScale, ...envShapes.log })
  if (env.DATABASE_URL === undefined)
    throw new AppError('BAD_ENV', 'DATABASE_URL is not set', {
      data: { problems: ['DATABASE_URL is not set (npm start sets it)'] },
    })
  const log = createLog({ name: 'scheduler', level: env.LOG_LEVEL })
  const database = connect({
    url: env.DATABASE_URL,
    max: 4,
    onError: (error) => log.warn({ err: error }, 'lost an idle database connection'),
  })
  const engine = createEngine({ database, timings: timings(env.TIME_SCALE), log })
  const ctx: UpkeepContext = {
    db: unscopedDb(database),
    within: (scope) => scopedDb(database, scope),
    engine,
    storage: createFolderStorage(path.join(env.DATA_DIR, 'store')),
    log,
    timeScale: env.TIME_SCALE,
    now: () => new Date(),
  }
  const clocks = schedules.map((schedule) => startClock(schedule, ctx))
  return {
    async stop() {
      await Promise.all(clocks.map((clock) => clock.stop()))
      await engine.close()
      await database.close()
    },
  }
}

/** One run at a time; a failure is logged and the next run tries again. */
function startClock(schedule: Schedule, ctx: UpkeepContext): { stop(): Promise<void> } {
  const { name, cron: expression, timezone } = schedule
  const log = ctx.log.child({ schedule: name })
  let running: Promise<void> | undefined
  const run = (): void => {
    running ??= runOnce(schedule, { ...ctx, log }, log).finally(() => (running = undefined))
  }
  const task = cron.schedule(expression, run, { name, timezone })
  run()
  return {
    async stop() {
      await task.destroy()
      await running
    },
  }
}

async function runOnce(schedule: Schedule, ctx: UpkeepContext, log: Logger): Promise<void> {
  try {
    await schedule.run(ctx)
  } catch (error) {
    log.error({ err: error }, 'a schedule failed; its next run tries again')
  }
}
