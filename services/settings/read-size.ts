import type { Translate } from '#core/words/index.ts'
import { invalid } from '../invalid.ts'

const UNITS: Readonly<Record<string, number>> = {
  '': 1_000_000,
  k: 1000,
  m: 1_000_000,
  g: 1_000_000_000,
  t: 1_000_000_000_000,
}
/** Least and most that an upload limit can be, bytes. */
const LEAST = 1_000_000
const MOST = 1_000_000_000_000

/** `500MB`, `2 GB`, `1.5g` → bytes, decimal; a bare number is megabytes. @throws INVALID_INPUT */
export function readSize(t: Translate, typed: string): number {
  const match = /^(\d{1,9}(?:[.,]\d{1,3})?)\s*([kmgt]?)i?b?$/iu.exec(typed.trim())
  const bytes = Math.round(
    Number((match?.[1] ?? 'x').replace(',', '.')) * (UNITS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN),
  )
  if (!Number.isFinite(bytes) || bytes < LEAST || bytes > MOST)
    throw invalid(t, 'commands.problem.size', { typed, least: LEAST, most: MOST })
  return bytes
}
