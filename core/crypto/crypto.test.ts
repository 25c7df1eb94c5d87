import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'
import { seal } from './seal.ts'
import { loadSecretKey } from './secret-key.ts'
import { unseal } from './unseal.ts'

const key = randomBytes(32)

describe('sealed text', () => {
  test('opens to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, aad) => {
        expect(unseal(key, seal(key, text, aad), aad)).toBe(text)
      }),
    )
  })

  test('is never the same twice', () => {
    expect(seal(key, 'sk-1', 'w:OPENAI').equals(seal(key, 'sk-1', 'w:OPENAI'))).toBe(false)
  })

  test('does not open with another key, for another place, or changed by one bit', () => {
    const sealed = seal(key, 'sk-secret', 'workspace-1:OPENAI_API_KEY')
    const wrong = expect.objectContaining({ code: 'WRONG_SECRET_KEY' })
    expect(() => unseal(randomBytes(32), sealed, 'workspace-1:OPENAI_API_KEY')).toThrow(wrong)
    expect(() => unseal(key, sealed, 'workspace-2:OPENAI_API_KEY')).toThrow(wrong)
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(() => unseal(key, changed, 'workspace-1:OPENAI_API_KEY')).toThrow(wrong)
    }
    expect(() => unseal(key, sealed.subarray(0, 20), '')).toThrow(wrong)
    expect(sealed.toString('latin1')).not.toContain('sk-secret')
  })
})

describe('the key', () => {
  let dataDir: string

  beforeEach(async () => {
    dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'crypto-test-')), 'data')
  })

  afterEach(() => rm(path.dirname(dataDir), { recursive: true }))

  test('is made once, for its owner only, also when processes race', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey({ dataDir })))
    expect(new Set(keys.map((each) => each.toString('hex'))).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    const file = path.join(dataDir, 'secret.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(keys[0]?.toString('hex'))
  })

  test('comes from SECRET_KEY in hex or base64', async () => {
    expect(await loadSecretKey({ secretKey: key.toString('hex'), dataDir })).toEqual(key)
    expect(await loadSecretKey({ secretKey: key.toString('base64'), dataDir })).toEqual(key)
    await expect(stat(dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('is refused in words when it is malformed, without repeating it', async () => {
    const refused = loadSecretKey({ secretKey: 'hunter2', dataDir })
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_ENV',
      data: { problems: [expect.stringContaining('SECRET_KEY')] },
    })
    await expect(refused).rejects.not.toThrow(/hunter2/)
    await loadSecretKey({ dataDir })
    await writeFile(path.join(dataDir, 'secret.key'), 'cut sho')
    await expect(loadSecretKey({ dataDir })).rejects.toMatchObject({ code: 'BAD_ENV' })
  })

  test('is known by its fingerprint, which does not tell it', () => {
    expect(fingerprint(key)).toMatch(/^[0-9a-f]{16}$/)
    expect(fingerprint(key)).toBe(fingerprint(Buffer.from(key)))
    expect(fingerprint(key)).not.toBe(fingerprint(randomBytes(32)))
    expect(key.toString('hex')).not.toContain(fingerprint(key))
  })
})
