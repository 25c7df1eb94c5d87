import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const TEXT = 'Olá, você já ouviu?'
const wide = (swap: boolean) => {
  const bytes = Buffer.from(`\uFEFF${TEXT}`, 'utf16le')
  return swap ? bytes.swap16() : bytes
}

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, little-endian', wide(false)],
  ['UTF-16, big-endian', wide(true)],
  ['Windows-1252', Buffer.from(TEXT, 'latin1')],
])('reads %s', (_name, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT)
})
