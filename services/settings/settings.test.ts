import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unseal } from '#core/crypto/unseal.ts'
import { translator } from '#core/words/index.ts'
import { secretAad } from '#domain/secret-aad.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { listKeys, saveKey } from './keys.ts'
import { isQuiet, readQuietHours, readTimezone } from './read-quiet-hours.ts'
import { readSettings } from './read-settings.ts'
import { readSize } from './read-size.ts'
import { setNamed } from './set-named.ts'
import { writeSetting } from './write-setting.ts'
import { SETTINGS } from './registry.ts'

const t = translator('en')
let db: TestDatabase
let bench: Bench
let crew: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

test('what nobody set has its default, and what an older version left unreadable too', async () => {
  const { scope } = crew
  await crew.db.setting.create({ data: { workspaceId: scope.workspaceId, key: 'strategy', value: 'luck' } })
  expect(await readSettings(crew.db)).toEqual(
    Object.fromEntries(Object.entries(SETTINGS).map(([key, { fallback }]) => [key, fallback])),
  )
})

test('settings are set from words, cleared, and refused with what is accepted', async () => {
  const ctx = crew.context()
  await setNamed({ ctx, name: 'language', value: 'pt-br' })
  await setNamed({ ctx, name: 'targets', value: 'Spanish, fr' })
  await setNamed({ ctx, name: 'strategy', value: 'cost' })
  await setNamed({ ctx, name: 'speech', value: 'espeak' })
  expect(await readSettings(crew.db)).toMatchObject({
    language: 'pt-BR',
    targets: ['es', 'fr'],
    strategy: 'cost',
    providers: { speech: 'espeak' },
  })
  await setNamed({ ctx, name: 'targets', value: 'none' })
  await setNamed({ ctx, name: 'speech', value: 'auto' })
  expect(await readSettings(crew.db)).toMatchObject({ targets: [], providers: {} })
  await expect(setNamed({ ctx, name: 'language', value: 'fr' })).rejects.toMatchObject({
    data: { accepted: 'en, pt-BR' },
  })
  await expect(setNamed({ ctx, name: 'strategy', value: 'qualty' })).rejects.toMatchObject({
    data: { near: 'quality' },
  })
  await expect(setNamed({ ctx, name: 'targets', value: 'es,spanich' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(
    writeSetting({ ctx, key: 'limits', value: { ...SETTINGS.limits.fallback, projectsPerMember: 0 } }),
  ).rejects.toThrow()
})

describe('quiet hours', () => {
  const notify = (typed: string, timezone = 'UTC') => ({
    ...SETTINGS.notify.fallback,
    quiet: readQuietHours(t, typed),
    timezone,
  })
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 15, hour, 30))

  test('may run over midnight, and are those of the time zone', () => {
    expect([21, 22, 3, 6, 7].map((hour) => isQuiet(notify('22-7'), at(hour)))).toEqual([false, true, true, true, false])
    expect([8, 9, 16, 17].map((hour) => isQuiet(notify('9:00 – 17:00'), at(hour)))).toEqual([false, true, true, false])
    // 01:30 UTC is 22:30 of the day before in São Paulo
    expect(isQuiet(notify('22-7', readTimezone(t, 'sao paulo')), at(1))).toBe(true)
    expect(isQuiet(notify('22-7', 'America/Sao_Paulo'), at(23))).toBe(false)
    expect(isQuiet(notify('off'), at(3))).toBe(false)
  })

  test.each(['22', '25-7', '7-7', 'at night', '-'])('%s is refused', (typed) => {
    expect(() => readQuietHours(t, typed)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })

  test('a time zone that is none', () => {
    expect(() => readTimezone(t, 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
    expect(readTimezone(t, 'utc')).toBe('UTC')
  })
})

test.each([
  ['500MB', 5e8],
  ['2 GB', 2e9],
  ['1.5g', 1.5e9],
  ['1,5 GB', 1.5e9],
  ['250', 25e7],
])('the size %s', (typed, bytes) => {
  expect(readSize(t, typed)).toBe(bytes)
})
test.each(['big', '0', '-1GB', '9000TB', ''])('the size “%s” is refused', (typed) => {
  expect(() => readSize(t, typed)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
})

test('a key is stored sealed, told to the workers, shown by name only, and can be taken back', async () => {
  const ctx = crew.context()
  const heard: string[] = []
  const client = new pg.Client({ connectionString: db.url })
  await client.connect()
  const told = new Promise<void>((resolve) =>
    client.on('notification', ({ payload }) => resolve(void heard.push(payload ?? ''))),
  )
  await client.query('listen keys')
  await saveKey({ ctx, name: 'OPENAI_API_KEY', value: ' sk-0123456789abcdef ' })
  await told
  await client.end()
  expect(heard[0]).toBe(crew.scope.workspaceId)
  const { ciphertext } = await crew.db.secret.findFirstOrThrow({ where: { name: 'OPENAI_API_KEY' } })
  expect(Buffer.from(ciphertext).toString('latin1')).not.toContain('sk-0123456789')
  expect(unseal(ctx.secretKey, ciphertext, secretAad(crew.scope.workspaceId, 'OPENAI_API_KEY'))).toBe(
    'sk-0123456789abcdef',
  )
  expect(() => unseal(ctx.secretKey, ciphertext, secretAad('wsp_other', 'OPENAI_API_KEY'))).toThrow()
  expect(JSON.stringify(await listKeys(ctx))).not.toContain('sk-')
  expect((await listKeys(ctx)).find((key) => key.name === 'OPENAI_API_KEY')?.setAt).toBeInstanceOf(Date)
  await expect(saveKey({ ctx, name: 'PATH', value: '/tmp/evil-path' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const short: unknown = await saveKey({ ctx, name: 'OPENAI_API_KEY', value: 'a b' }).catch((error: unknown) => error)
  expect(JSON.stringify(short)).not.toContain('a b')
  await saveKey({ ctx, name: 'OPENAI_API_KEY', value: '-' })
  expect(await crew.db.secret.count()).toBe(0)
})
