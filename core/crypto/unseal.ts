import { createDecipheriv } from 'node:crypto'
import { AppError } from '../errors.ts'

const FORMAT = 1
const HEAD_BYTES = 1 + 12 + 16

/**
 * Opens what `seal` made.
 * @throws AppError WRONG_SECRET_KEY when the key or `aad` is another one, or the bytes were changed.
 */
export function unseal(key: Buffer, sealed: Uint8Array, aad: string): string {
  const bytes = Buffer.from(sealed)
  if (bytes.length < HEAD_BYTES || bytes[0] !== FORMAT) {
    throw new AppError('WRONG_SECRET_KEY', 'Not a sealed text of a known format')
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(bytes.subarray(13, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('WRONG_SECRET_KEY', 'A sealed text does not open with this key', { cause })
  }
}
