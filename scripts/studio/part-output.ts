import { mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Part } from './parts.ts'

const KEEP_BYTES = 10 * 1024 * 1024

/**
 * Where a part writes its log: our own output, or `<dataDir>/logs/<part>.log` (a descriptor, so that it outlives us).
 * A log of more than 10 MiB is put aside as `.1` before the part starts.
 */
export function partOutput(part: Part, logs: 'inherit' | 'files', dataDir: string): 'inherit' | number {
  if (logs === 'inherit') return 'inherit'
  const file = path.join(dataDir, 'logs', `${part}.log`)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > KEEP_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}
