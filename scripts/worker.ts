// A worker alone, for another machine: it shares the database, the queue and the store with the studio.
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import { toAppError } from '#core/errors.ts'
import { errorWords, translator } from '#core/words/index.ts'
import { PARTS } from './studio/parts.ts'
import { supervise } from './studio/supervise.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const { DATABASE_URL } = readEnv({
    ...envShapes.databaseUrl,
    ...envShapes.dataDir,
    ...envShapes.worker,
    ...envShapes.redisUrl,
  })
  if (DATABASE_URL === undefined) {
    say(
      "DATABASE_URL is not set. A worker alone needs the studio's database, its REDIS_URL if it has one, its SECRET_KEY and its store (DATA_DIR).",
    )
    process.exit(1)
  }
  const ended = Promise.withResolvers<number>()
  const worker = supervise({
    part: 'worker',
    entry: PARTS.worker,
    env: () => process.env,
    output: () => 'inherit',
    say,
    onStarted: () => undefined,
    onReady: () => say('The worker is ready.'),
    onBroken: (reason) => {
      say(reason)
      ended.resolve(1)
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(signal, () => ended.resolve(0))
  const status = await ended.promise
  await worker.stop((Number(process.env['SHUTDOWN_GRACE'] || 30) + 8) * 1_000)
  process.exit(status)
} catch (thrown) {
  say(errorWords(translator(Intl.DateTimeFormat().resolvedOptions().locale), toAppError(thrown)))
  process.exit(1)
}
