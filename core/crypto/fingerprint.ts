import { createHmac } from 'node:crypto'

/** Tells two keys apart without telling the key: 16 hex digits, stored in the database. */
export function fingerprint(key: Buffer): string {
  return createHmac('sha256', key).update('dailies:fingerprint').digest('hex').slice(0, 16)
}
