import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { seal } from '#core/crypto/seal.ts'
import { createEgress, type Egress } from '#core/egress/egress.ts'
import { silentLog } from '#core/log.ts'
import { catalogueDetails } from '#domain/catalogue.ts'
import { secretAad } from '#domain/secret-aad.ts'
import type { ProviderNeed } from '#providers/define.ts'
import { trustedHosts } from '#providers/trusted-hosts.ts'
import { buildTenant, type Tenant } from '#test/builders/tenant.ts'
import { startElevenlabsFake } from '#test/fakes/elevenlabs.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import type { Fake } from '#test/fakes/wire.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { createProviderUse, type ProviderUse } from './providers.ts'

const SECRET_KEY = Buffer.alloc(32, 7)
const PORTUGUESE: ProviderNeed = { language: 'pt-BR' }
const TEXT = 'Bom dia.'
const schema = z.object({ ok: z.boolean() })

let db: TestDatabase
let openai: Fake
let elevenlabs: Fake
let people: Egress
let services: Egress
let env: Record<string, string>
let use: ProviderUse
let tenant: Tenant
let dir: string

beforeAll(async () => {
  db = await testDatabase()
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-use-'))
})
afterAll(async () => {
  await db.drop()
  await rm(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  openai = await startOpenaiFake({ key: 'sk-house', answer: () => ({ ok: true }) })
  elevenlabs = await startElevenlabsFake({ key: 'xi-house' })
  env = {
    OPENAI_API_KEY: 'sk-house',
    OPENAI_BASE_URL: `${openai.url}/v1`,
    ELEVENLABS_API_KEY: 'xi-house',
    ELEVENLABS_BASE_URL: elevenlabs.url,
    OLLAMA_HOST: '127.0.0.1:9',
  }
  people = await createEgress({ allowPrivateHosts: [], trusted: [], log: silentLog })
  services = await createEgress({ allowPrivateHosts: [], trusted: trustedHosts(env), log: silentLog })
  tenant = await buildTenant(db.database)
  use = start()
})
afterEach(() => Promise.all([openai.close(), elevenlabs.close(), people.close(), services.close()]))

function start(variables: Record<string, string> = env, egress = people): ProviderUse {
  return createProviderUse({
    database: db.database,
    secretKey: SECRET_KEY,
    env: variables,
    egress,
    services,
    log: silentLog,
  })
}

function step(signal = new AbortController().signal, on = use, scope = tenant.scope) {
  return on.forStep({ scope, projectId: 'prj_1', stepId: 'stp_1', workDir: dir, signal })
}

function speak(from = step(), choice = {}, signal = new AbortController().signal) {
  return from.use('speech', choice, PORTUGUESE, async (client) => {
    const voices = await client.voices(signal)
    const voice = voices.find(({ languages }) => languages.some((tag) => tag.startsWith('pt')))?.id ?? ''
    return client.speak({ text: TEXT, voice, language: 'pt-BR', outPath: path.join(dir, 'said'), signal })
  })
}

function write(from: ReturnType<typeof step> = step(), signal = new AbortController().signal) {
  return from.use('text', {}, {}, (client) =>
    client.complete({ system: 'JSON', user: 'x', schema, schemaName: 'ok', signal }),
  )
}

const calls = () => tenant.db.providerCall.findMany({ orderBy: { createdAt: 'asc' } })

async function keepSecrets(values: Record<string, string>, of = tenant): Promise<void> {
  const { workspaceId } = of.scope
  for (const [name, value] of Object.entries(values)) {
    await of.db.secret.create({
      data: { workspaceId, name, ciphertext: seal(SECRET_KEY, value, secretAad(workspaceId, name)) },
    })
  }
  await use.refresh(workspaceId)
}

describe('choosing', () => {
  it('takes the best that is there, and another by strategy or by name', async () => {
    expect(await step().candidates('speech', {}, PORTUGUESE)).toEqual(['elevenlabs', 'openai', 'espeak'])
    expect(await step().candidates('speech', { strategy: 'cost' }, PORTUGUESE)).toEqual([
      'espeak',
      'openai',
      'elevenlabs',
    ])
    expect(await step().candidates('speech', { strategy: 'speed' }, PORTUGUESE)).toEqual([
      'espeak',
      'openai',
      'elevenlabs',
    ])
    expect(await step().candidates('speech', { provider: 'openai' }, PORTUGUESE)).toEqual(['openai'])
    expect(await step().resolved('speech', {}, PORTUGUESE)).toEqual([
      'elevenlabs/eleven_multilingual_v2',
      'openai/gpt-4o-mini-tts',
      'espeak/',
    ])
    expect(await step().candidates('transcription', {}, { language: 'pt' })).toEqual(['openai'])
    expect(await step().candidates('transcription', {}, { language: 'en', captions: true })).toEqual([
      'captions',
      'openai',
      'pocketsphinx',
    ])
  })

  it('works with nothing configured', async () => {
    const bare = step(undefined, start({ OLLAMA_HOST: '127.0.0.1:9' }))
    expect(await bare.candidates('speech', {}, PORTUGUESE)).toEqual(['espeak'])
    expect(await bare.candidates('translation', {}, { from: 'en', to: 'pt-BR' })).toEqual(['apertium'])
    expect(await bare.candidates('transcription', {}, { language: 'en' })).toEqual(['pocketsphinx'])
    expect(await bare.has('text', {})).toBe(false)
    expect((await speak(bare)).draft).toBe(true)
  })

  it('says what would help when nobody can', async () => {
    const bare = step(undefined, start({ OLLAMA_HOST: '127.0.0.1:9' }))
    const fail = (capability: 'text' | 'transcription' | 'translation' | 'speech', need: ProviderNeed, choice = {}) =>
      bare.use(capability, choice, need, async () => ({ usage: {} })).catch((error: unknown) => error)
    expect(await fail('transcription', {})).toMatchObject({ code: 'NEEDS_LANGUAGE' })
    expect(await fail('transcription', { language: 'pt' })).toMatchObject({
      code: 'NO_TRANSCRIBER',
      data: { language: 'pt' },
    })
    expect(await fail('translation', { from: 'en', to: 'tlh' })).toMatchObject({
      code: 'NO_TRANSLATOR',
      data: { from: 'en', to: 'tlh' },
    })
    expect(await fail('speech', { language: 'tlh' })).toMatchObject({ code: 'NO_VOICE', data: { language: 'tlh' } })
    expect(await fail('speech', PORTUGUESE, { provider: 'elevenlabs' })).toMatchObject({
      code: 'PROVIDER_KEY',
      data: { provider: 'elevenlabs' },
    })
  })

  it('prefers who was reliable lately when asked to', async () => {
    elevenlabs.fail({ kind: 'down' }, { kind: 'down' }, { kind: 'down' })
    for (let round = 0; round < 3; round++) await speak()
    expect(await step().candidates('speech', { strategy: 'reliability' }, PORTUGUESE)).toEqual([
      'openai',
      'elevenlabs',
      'espeak',
    ])
    expect(await step().candidates('speech', {}, PORTUGUESE)).toEqual(['elevenlabs', 'openai', 'espeak'])
  })

  it('prefers who is idle when asked to', async () => {
    elevenlabs.fail({ kind: 'hang' })
    const stop = new AbortController()
    const busy = speak(step(stop.signal), { provider: 'elevenlabs' }, stop.signal).catch((error: unknown) => error)
    while (!elevenlabs.requests.some(({ method }) => method === 'POST'))
      await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await step().candidates('speech', { strategy: 'load' }, PORTUGUESE)).toEqual([
      'openai',
      'elevenlabs',
      'espeak',
    ])
    stop.abort()
    expect(await busy).toMatchObject({ code: 'CANCELLED' })
  })
})

describe('calling', () => {
  it('records what was used, how long it took and what it cost', async () => {
    const used = await speak()
    expect(used).toMatchObject({ provider: 'elevenlabs', model: 'eleven_multilingual_v2', draft: false })
    await write()
    const [spoken, written] = await calls()
    expect(spoken).toMatchObject({
      capability: 'speech',
      provider: 'elevenlabs',
      outcome: 'ok',
      projectId: 'prj_1',
      stepId: 'stp_1',
      units: { characters: TEXT.length },
    })
    expect(Number(spoken?.costMicros)).toBe(Math.round(0.12 * TEXT.length * 1000))
    // 1,000 tokens in at $0.002, 500 out at $0.012 per 1,000
    expect(written).toMatchObject({
      provider: 'openai',
      model: 'gpt-5.6-terra',
      costMicros: 8000n,
      units: { tokensIn: 1000, tokensOut: 500 },
    })
  })

  it.each(['down', 'key', 'malformed', 'truncated', 'refusal'] as const)(
    'falls to the next when the first fails: %s',
    async (kind) => {
      elevenlabs.fail({ kind })
      expect(await speak()).toMatchObject({ provider: 'openai' })
      const codes = {
        down: 'PROVIDER_DOWN',
        key: 'PROVIDER_KEY',
        malformed: 'PROVIDER_OUTPUT',
        truncated: 'PROVIDER_OUTPUT',
        refusal: 'PROVIDER_REFUSED',
      }
      expect((await calls()).map(({ provider, outcome }) => [provider, outcome])).toEqual([
        ['elevenlabs', codes[kind]],
        ['openai', 'ok'],
      ])
    },
  )

  it('tells that a result is a makeshift', async () => {
    const [fine, makeshift] = [step(), step()]
    await speak(fine)
    elevenlabs.fail({ kind: 'down' })
    await speak(makeshift)
    expect([fine.hadTrouble(), makeshift.hadTrouble()]).toEqual([false, true])
  })

  it('ends with the engine of this machine when all services fail', async () => {
    elevenlabs.fail({ kind: 'down' })
    openai.fail({ kind: 'busy', retryAfterSeconds: 3600 })
    expect(await speak()).toMatchObject({ provider: 'espeak', draft: true })
  })

  it('waits out a short pause that a service asks for, once, and gives a long one on', async () => {
    elevenlabs.fail({ kind: 'busy', retryAfterSeconds: 0.05 })
    expect(await speak()).toMatchObject({ provider: 'elevenlabs' })
    elevenlabs.fail({ kind: 'busy', retryAfterSeconds: 1800 })
    await expect(speak(step(), { provider: 'elevenlabs' })).rejects.toMatchObject({
      code: 'PROVIDER_BUSY',
      retryAfterMs: 1_800_000,
    })
    expect((await calls()).map(({ outcome }) => outcome)).toEqual(['PROVIDER_BUSY', 'ok', 'PROVIDER_BUSY'])
  })

  it('tells the failure that may pass when all fail, so that the step is tried again', async () => {
    const both = step()
    elevenlabs.fail({ kind: 'key' })
    openai.fail({ kind: 'down' })
    const noEspeak = both.use('speech', {}, PORTUGUESE, async (client, { local }) => {
      if (local)
        return client.speak({
          text: TEXT,
          voice: 'no-such-voice',
          language: 'pt',
          outPath: path.join(dir, 'x'),
          signal: new AbortController().signal,
        })
      const [voice] = await client.voices(new AbortController().signal)
      return client.speak({
        text: TEXT,
        voice: voice?.id ?? '',
        language: 'pt',
        outPath: path.join(dir, 'x'),
        signal: new AbortController().signal,
      })
    })
    await expect(noEspeak).rejects.toMatchObject({ code: 'PROVIDER_DOWN', category: 'transient' })
  })

  it('does not hide a bug behind another provider', async () => {
    const broken = step().use('speech', {}, PORTUGUESE, () => Promise.reject(new TypeError('x is not a function')))
    await expect(broken).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(await calls()).toEqual([])
  })

  it('keeps to the places of a provider', async () => {
    const asked = () => openai.requests.filter(({ method }) => method === 'POST').length
    openai.fail(...Array.from({ length: 4 }, () => ({ kind: 'hang' as const })))
    const hanging = Array.from({ length: 4 }, () => new AbortController())
    const held = hanging.map(({ signal }) => write(step(signal), signal).catch((error: unknown) => error))
    while (asked() < 4) await new Promise((resolve) => setTimeout(resolve, 5))
    const fifth = write()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(asked()).toBe(4)
    hanging[0]?.abort()
    expect((await fifth).provider).toBe('openai')
    for (const one of hanging) one.abort()
    expect(await Promise.all(held)).toMatchObject(Array.from({ length: 4 }, () => ({ code: 'CANCELLED' })))
  })
})

describe('spending caps', () => {
  const cap = (monthlySpend: number) =>
    tenant.db.setting.create({
      data: { workspaceId: tenant.scope.workspaceId, memberId: '', key: 'limits', value: { monthlySpend } },
    })

  it('stops before the next paid call, and lets free ones go on', async () => {
    await cap(0.0005)
    expect(await speak()).toMatchObject({ provider: 'elevenlabs' })
    const before = elevenlabs.requests.length + openai.requests.length
    expect(await speak()).toMatchObject({ provider: 'espeak' })
    await expect(write()).rejects.toMatchObject({ code: 'BUDGET_REACHED', data: { cap: 0.0005 } })
    const posts = [...elevenlabs.requests, ...openai.requests].slice(before).filter(({ method }) => method === 'POST')
    expect(posts).toEqual([])
  })

  it('counts nothing for a server of one’s own', async () => {
    const own = await startOpenaiFake({ answer: () => ({ ok: true }) })
    const trusting = await createEgress({ allowPrivateHosts: [own.host], trusted: [], log: silentLog })
    await cap(0)
    await keepSecrets({ OPENAI_BASE_URL: `${own.url}/v1` })
    use = start(env, trusting)
    expect((await write()).provider).toBe('openai')
    expect((await calls()).map(({ costMicros }) => costMicros)).toEqual([0n])
    await Promise.all([own.close(), trusting.close()])
  })
})

describe('keys of a workspace', () => {
  it('are used for that workspace only', async () => {
    const other = await buildTenant(db.database, 'others')
    await keepSecrets({ ELEVENLABS_API_KEY: 'xi-own' })
    await speak().catch((error: unknown) => error)
    await speak(step(undefined, use, other.scope))
    const keys = elevenlabs.requests
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['xi-api-key'])
    expect(keys).toEqual(['xi-house'])
    expect(await step(undefined, use, other.scope).candidates('speech', {}, PORTUGUESE)).toContain('elevenlabs')
    const rejected = elevenlabs.requests.filter(({ headers }) => headers['xi-api-key'] === 'xi-own')
    expect(rejected.length).toBeGreaterThan(0)
  })

  it('never send the installation’s key to an address of the workspace’s choosing', async () => {
    const trap = await startOpenaiFake()
    const trusting = await createEgress({ allowPrivateHosts: [trap.host], trusted: [], log: silentLog })
    await keepSecrets({ OPENAI_BASE_URL: `${trap.url}/v1` })
    use = start(env, trusting)
    await write().catch((error: unknown) => error)
    expect(trap.requests.length).toBeGreaterThan(0)
    expect(JSON.stringify(trap.requests.map(({ headers }) => headers))).not.toContain('sk-house')
    await Promise.all([trap.close(), trusting.close()])
  })

  it('cannot lead into the private network', async () => {
    const inner = await startOpenaiFake()
    await keepSecrets({ OPENAI_BASE_URL: `${inner.url}/v1` })
    expect(await step().has('text', {})).toBe(false)
    expect(inner.requests).toEqual([])
    await inner.close()
  })
})

describe('the catalogue', () => {
  const rows = (workspaceId: string) =>
    db.database.prisma.catalogue.findMany({
      where: { workspaceId },
      orderBy: [{ capability: 'asc' }, { provider: 'asc' }],
    })

  it('says for everybody what there is, with voices, and what is missing', async () => {
    const { ELEVENLABS_API_KEY: _key, ...withoutElevenlabs } = env
    use = start(withoutElevenlabs)
    await use.publish()
    const published = await rows('')
    expect(published.map(({ capability, provider, available }) => [capability, provider, available])).toEqual([
      ['speech', 'elevenlabs', false],
      ['speech', 'espeak', true],
      ['speech', 'openai', true],
      ['text', 'ollama', false],
      ['text', 'openai', true],
      ['transcription', 'captions', true],
      ['transcription', 'openai', true],
      ['transcription', 'pocketsphinx', true],
      ['translation', 'apertium', true],
    ])
    const details = (provider: string) =>
      catalogueDetails.parse(published.find((row) => row.provider === provider)?.details)
    expect(details('espeak').voices.length).toBeGreaterThan(100)
    expect(details('apertium').pairs).toContainEqual({ from: 'en', to: 'pt-BR' })
    expect(details('elevenlabs')).toMatchObject({ missing: ['ELEVENLABS_API_KEY'], secrets: ['ELEVENLABS_API_KEY'] })
    expect(published[0]?.reason).toBe('providers.reason.key')
    expect(published[3]?.reason).toBe('providers.reason.unreachable')
    expect(JSON.stringify(published)).not.toContain('sk-house')
  })

  it('has rows of their own for workspaces with keys, and drops them with the keys', async () => {
    const { workspaceId } = tenant.scope
    await keepSecrets({ ELEVENLABS_API_KEY: 'xi-wrong' })
    expect(await rows(workspaceId)).toMatchObject([
      { provider: 'elevenlabs', available: false, reason: 'providers.reason.badKey' },
    ])
    await tenant.db.secret.deleteMany({})
    await use.refresh(workspaceId)
    expect(await rows(workspaceId)).toEqual([])
  })
})
