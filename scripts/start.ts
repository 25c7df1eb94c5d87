// The studio on this machine, until Ctrl-C.
import path from 'node:path'
import { toAppError } from '#core/errors.ts'
import { errorWords, translator } from '#core/words/index.ts'
import { startStudio } from './studio.ts'
import type { Studio } from './studio.ts'
import { FolderTaken } from './studio/claim-folder.ts'

// a terminal is for a person, anything else collects logs
const logs = process.stdout.isTTY ? 'files' : 'inherit'
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const asked = Promise.withResolvers<string | undefined>()
const starting = new AbortController()
let stopping = 0
let studio: Studio | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal())
process.once('disconnect', () => stopAll())

try {
  studio = await startStudio({ env: process.env, logs, say, signal: starting.signal })
  say(`Dailies is ready: ${studio.url}`)
  if (logs === 'files') say(`Ctrl-C stops it. Logs: ${path.relative('.', path.join(studio.dataDir, 'logs'))}`)
  const reason = await Promise.race([asked.promise, studio.broken])
  if (reason !== undefined) say(reason)
  await studio.stop()
  process.exit(reason === undefined ? 0 : 1)
} catch (thrown) {
  if (!starting.signal.aborted) say(thrown instanceof FolderTaken ? thrown.message : startError(thrown))
  process.exit(starting.signal.aborted ? 0 : 1)
}

/** The first asks to stop in order; from the second on, running steps get no time. */
function onSignal(): void {
  stopping += 1
  if (stopping === 1 && logs === 'files') say('\nStopping …')
  if (stopping > 1) void studio?.stop({ now: true })
  stopAll()
}

function stopAll(): void {
  starting.abort()
  asked.resolve(undefined)
}

function startError(thrown: unknown): string {
  const error = toAppError(thrown)
  const words = errorWords(translator(Intl.DateTimeFormat().resolvedOptions().locale), error)
  return error.code === 'INTERNAL' ? `${words}\n${error.message}` : words
}
