import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EnvSource } from '#core/env.ts'
import type { Part } from './parts.ts'

/** Seconds that steps may still take at Ctrl-C. Short: they are handed back and go on at the next start. */
export const SHUTDOWN_GRACE = '5'

const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url))
/** What reads like a secret, by its name, or by its value: an address with a password. */
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSW|CREDENTIAL/iu
const SECRET_VALUE = /:\/\/[^/\s@]*:[^/\s@]+@/u
/** Secrets that a part works with. Only the worker calls providers: the room is what strangers reach first. */
const KNOWS: Readonly<Record<Part, (name: string) => boolean>> = {
  bot: (name) => ['DATABASE_URL', 'PGPASSWORD', 'SECRET_KEY', 'ROOM_PASSWORD'].includes(name),
  worker: (name) => name !== 'ROOM_PASSWORD',
  scheduler: (name) => ['DATABASE_URL', 'PGPASSWORD'].includes(name),
}

/** The environment of one part: ours, without the secrets that are not its business. */
export function partEnv(
  part: Part,
  env: EnvSource,
  known: { readonly dataDir: string; readonly databaseUrl: string; readonly room: string | undefined },
): NodeJS.ProcessEnv {
  const fetched = path.join(known.dataDir, 'bin', 'yt-dlp')
  const given = Object.entries(env).filter(
    ([name, value = '']) => !(SECRET_NAME.test(name) || SECRET_VALUE.test(value)) || KNOWS[part](name),
  )
  return {
    ...Object.fromEntries(given),
    DATA_DIR: known.dataDir,
    DATABASE_URL: known.databaseUrl,
    SHUTDOWN_GRACE: env['SHUTDOWN_GRACE'] || SHUTDOWN_GRACE,
    // compiled code of the last start: half the time and half the memory of reading TypeScript anew
    NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] || COMPILE_CACHE,
    // fewer heaps of the C library in each process
    MALLOC_ARENA_MAX: env['MALLOC_ARENA_MAX'] || '2',
    ...(!env['YTDLP_PATH'] && existsSync(fetched) ? { YTDLP_PATH: fetched } : {}),
    // 0 is any free port at first, and that one ever after: people have the address
    ...(known.room !== undefined && env['HTTP_PORT'] === '0' ? { HTTP_PORT: new URL(known.room).port } : {}),
  }
}
