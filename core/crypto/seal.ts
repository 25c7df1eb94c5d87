import { createCipheriv, randomBytes } from 'node:crypto'

const FORMAT = 1

/**
 * Encrypts with AES-256-GCM. `aad` (e.g. workspace and name) is not hidden but bound: the text opens only with the same.
 * Layout: 1 byte format, 12 bytes nonce, 16 bytes tag, ciphertext.
 */
export function seal(key: Buffer, plaintext: string, aad: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ciphertext])
}
