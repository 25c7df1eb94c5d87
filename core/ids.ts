import { randomBytes } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A new id, e.g. `prj_0Uq3…`: 8 characters of time (sortable, ms) and 12 of chance. */
export function newId(prefix: string, now = Date.now()): string {
  return `${prefix}_${base62Time(now)}${randomBase62(12)}`
}

/** `length` random base62 characters, unbiased: for action tokens, invites and cookies. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 = 4 × 62: a byte above it would favour the first letters
      if (byte < 248 && text.length < length) text += BASE62[byte % 62]
    }
  }
  return text
}

function base62Time(ms: number): string {
  let rest = ms
  let text = ''
  for (let i = 0; i < 8; i++) {
    text = BASE62[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}
