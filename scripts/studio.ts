import { mkdir } from 'node:fs/promises'
import { loadSecretKey } from '#core/crypto/secret-key.ts'
import { keepEmbedded } from '#core/database/keep.ts'
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import type { EnvSource } from '#core/env.ts'
import { AppError } from '#core/errors.ts'
import { migrate } from '#prisma/migrate.ts'
import { claimFolder } from './studio/claim-folder.ts'
import type { FolderClaim } from './studio/claim-folder.ts'
import { partEnv, SHUTDOWN_GRACE } from './studio/part-env.ts'
import { partOutput } from './studio/part-output.ts'
import { PARTS } from './studio/parts.ts'
import type { Part } from './studio/parts.ts'
import { supervise } from './studio/supervise.ts'
import type { Supervised } from './studio/supervise.ts'

export interface Studio {
  /** the address of the room */
  readonly url: string
  readonly dataDir: string
  readonly pids: Readonly<Partial<Record<Part, number>>>
  /** resolves with the reason when a part cannot run at all; the rest still runs: `stop` it */
  readonly broken: Promise<string>
  /** processes first, the database last. `now`: running steps get no time (they start over at the next start) */
  stop(options?: { now: boolean }): Promise<void>
}

export interface StudioOptions {
  /** the environment that the parts get, e.g. `process.env` */
  readonly env: EnvSource
  /** instead of DATA_DIR */
  readonly dataDir?: string
  /** 'inherit': the parts write to our own output; 'files' (default): to `<dataDir>/logs`, and only complaints come to `say` */
  readonly logs?: 'inherit' | 'files'
  /** hears one line for a person at a time */
  readonly say?: (line: string) => void
  /** calls a start off: what already runs is ended, and `startStudio` rejects */
  readonly signal?: AbortSignal
}

const SHAPE = {
  ...envShapes.dataDir,
  ...envShapes.databaseUrl,
  ...envShapes.redisUrl,
  ...envShapes.http,
  ...envShapes.secretKey,
  ...envShapes.egress,
  ...envShapes.worker,
  ...envShapes.timeScale,
  ...envShapes.log,
}

/**
 * The whole studio on this machine: database (embedded unless DATABASE_URL is set), migrations, and each part as a process of
 * its own, started again when it ends. Resolves when it takes commands. Throws AppError or FolderTaken, in words.
 */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const env: EnvSource = { ...options.env, ...(options.dataDir === undefined ? {} : { DATA_DIR: options.dataDir }) }
  const settings = readEnv(SHAPE, env)
  const say = options.say ?? (() => undefined)
  await mkdir(settings.DATA_DIR, { recursive: true, mode: 0o711 })
  const claim = await claimFolder(settings.DATA_DIR)
  const supervised: Supervised[] = []
  const closing: (() => Promise<void>)[] = [claim.release]
  const stop = async (graceMs: number): Promise<void> => {
    await Promise.all(supervised.map((one) => one.stop(graceMs)))
    for (const close of closing.toReversed()) await close()
  }
  try {
    await loadSecretKey({ secretKey: settings.SECRET_KEY, dataDir: settings.DATA_DIR })
    const database = await openDatabase(settings, say, () => supervised.forEach((one) => one.restart()))
    closing.push(database.stop)
    await migrate(database.url())
    const parts = startParts({
      env,
      dataDir: settings.DATA_DIR,
      databaseUrl: database.url,
      logs: options.logs ?? 'files',
      claim,
      supervised,
      say,
    })
    const url = await Promise.race([parts.url, parts.broken.then(failStart), calledOff(options.signal)])
    const graceMs = (Number(env['SHUTDOWN_GRACE'] || SHUTDOWN_GRACE) + 8) * 1_000
    return {
      url,
      dataDir: settings.DATA_DIR,
      get pids() {
        return Object.fromEntries(supervised.flatMap(({ part, pid }) => (pid === undefined ? [] : [[part, pid]])))
      },
      broken: parts.broken,
      stop: (how) => stop(how?.now === true ? 0 : graceMs),
    }
  } catch (error) {
    await stop(0)
    throw error
  }
}

function failStart(reason: string): never {
  throw new AppError('INTERNAL', reason)
}

function calledOff(signal: AbortSignal | undefined): Promise<never> {
  const cancelled = (): AppError => new AppError('CANCELLED', 'the start was called off')
  if (signal?.aborted) return Promise.reject(cancelled())
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(cancelled()), { once: true }))
}

interface OpenDatabase {
  readonly url: () => string
  readonly stop: () => Promise<void>
}

async function openDatabase(
  settings: { DATABASE_URL?: string | undefined; DATA_DIR: string },
  say: (line: string) => void,
  onMoved: () => void,
): Promise<OpenDatabase> {
  const { DATABASE_URL, DATA_DIR: dataDir } = settings
  if (DATABASE_URL !== undefined) return { url: () => DATABASE_URL, stop: async () => undefined }
  const kept = await keepEmbedded({
    dataDir,
    onRestart: (moved) => {
      say('The database had ended and was started again.')
      if (moved) onMoved()
    },
    onTrouble: (error) => say(`The database does not start: ${String(error)}`),
  })
  return { url: () => kept.url, stop: () => kept.stop() }
}

function startParts(context: {
  readonly env: EnvSource
  readonly dataDir: string
  readonly databaseUrl: () => string
  readonly logs: 'inherit' | 'files'
  readonly claim: FolderClaim
  readonly supervised: Supervised[]
  readonly say: (line: string) => void
}): { url: Promise<string>; broken: Promise<string> } {
  const { env, dataDir, supervised, claim } = context
  const url = Promise.withResolvers<string>()
  const broken = Promise.withResolvers<string>()
  let room: string | undefined
  let noting = Promise.resolve()
  const note = (): void => {
    const pids = supervised.flatMap((one) => (one.pid === undefined ? [] : [one.pid]))
    // one after the other: the newest is what stays
    noting = noting.then(() => claim.note({ url: room, pids })).catch((error: unknown) => context.say(String(error)))
  }
  for (const part of Object.keys(PARTS) as Part[]) {
    supervised.push(
      supervise({
        part,
        entry: PARTS[part],
        env: () => partEnv(part, env, { dataDir, databaseUrl: context.databaseUrl(), room }),
        output: () => partOutput(part, context.logs, dataDir),
        say: context.say,
        onStarted: note,
        onReady: (address) => {
          if (address === undefined) return
          room = address
          note()
          url.resolve(address)
        },
        onBroken: broken.resolve,
      }),
    )
  }
  return { url: url.promise, broken: broken.promise }
}
