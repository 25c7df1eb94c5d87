import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEgress } from '#core/egress/egress.ts'
import { silentLog } from '#core/log.ts'
import { catalogueDetails } from '#domain/catalogue.ts'
import type { ProviderNeed } from '#providers/define.ts'
import { buildTenant } from '#test/builders/tenant.ts'
import { speakBy, useBench, type UseBench, writeBy } from '#test/builders/provider-use.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import type { StepUse } from './providers.ts'

// the first call of ElevenLabs loads its SDK, which takes a busy machine half a minute
vi.setConfig({ testTimeout: 120_000 })

const PORTUGUESE: ProviderNeed = { language: 'pt-BR' }

let db: TestDatabase
let bench: UseBench
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  bench = await useBench(db.database)
})
afterEach(() => bench.close())

const speak = (step: StepUse = bench.step(), options: Parameters<typeof speakBy>[2] = {}) =>
  speakBy(step, bench.dir, options)
const write = (step: StepUse = bench.step(), signal = new AbortController().signal) => writeBy(step, signal)
const calls = () => bench.tenant.db.providerCall.findMany({ orderBy: { createdAt: 'asc' } })

describe('spending caps', () => {
  const cap = (monthlySpend: number) =>
    bench.tenant.db.setting.create({
      data: { workspaceId: bench.tenant.scope.workspaceId, memberId: '', key: 'limits', value: { monthlySpend } },
    })

  it('stops before the next paid call, and lets free ones go on', async () => {
    await cap(0.0005)
    expect(await speak()).toMatchObject({ provider: 'elevenlabs' })
    const before = bench.elevenlabs.requests.length + bench.openai.requests.length
    expect(await speak()).toMatchObject({ provider: 'espeak' })
    await expect(write()).rejects.toMatchObject({ code: 'BUDGET_REACHED', data: { cap: 0.0005 } })
    const posts = [...bench.elevenlabs.requests, ...bench.openai.requests]
      .slice(before)
      .filter(({ method }) => method === 'POST')
    expect(posts).toEqual([])
  })

  it('counts nothing for a server of one’s own', async () => {
    const own = await startOpenaiFake({ answer: () => ({ ok: true }) })
    const trusting = await createEgress({ allowPrivateHosts: [own.host], trusted: [], log: silentLog })
    await cap(0)
    await bench.keepSecrets({ OPENAI_BASE_URL: `${own.url}/v1` })
    const use = bench.start(bench.env, trusting)
    expect((await write(bench.step({ use }))).provider).toBe('openai')
    expect((await calls()).map(({ costMicros }) => costMicros)).toEqual([0n])
    await Promise.all([own.close(), trusting.close()])
  })
})

describe('keys of a workspace', () => {
  it('are used for that workspace only', async () => {
    const other = await buildTenant(db.database, 'others')
    await bench.keepSecrets({ ELEVENLABS_API_KEY: 'xi-own' })
    await speak().catch((error: unknown) => error)
    await speak(bench.step({ tenant: other }))
    const keys = bench.elevenlabs.requests
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['xi-api-key'])
    expect(keys).toEqual(['xi-house'])
    expect(await bench.step({ tenant: other }).candidates('speech', {}, PORTUGUESE)).toContain('elevenlabs')
    const rejected = bench.elevenlabs.requests.filter(({ headers }) => headers['xi-api-key'] === 'xi-own')
    expect(rejected.length).toBeGreaterThan(0)
  })

  it('never send the installation’s key to an address of the workspace’s choosing', async () => {
    const trap = await startOpenaiFake()
    const trusting = await createEgress({ allowPrivateHosts: [trap.host], trusted: [], log: silentLog })
    await bench.keepSecrets({ OPENAI_BASE_URL: `${trap.url}/v1` })
    const use = bench.start(bench.env, trusting)
    await write(bench.step({ use })).catch((error: unknown) => error)
    expect(trap.requests.length).toBeGreaterThan(0)
    expect(JSON.stringify(trap.requests.map(({ headers }) => headers))).not.toContain('sk-house')
    await Promise.all([trap.close(), trusting.close()])
  })

  it('cannot lead into the private network', async () => {
    const inner = await startOpenaiFake()
    await bench.keepSecrets({ OPENAI_BASE_URL: `${inner.url}/v1` })
    expect(await bench.step().has('text', {})).toBe(false)
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
    const { ELEVENLABS_API_KEY: _key, ...withoutElevenlabs } = bench.env
    await bench.start(withoutElevenlabs).publish()
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
    const { workspaceId } = bench.tenant.scope
    await bench.keepSecrets({ ELEVENLABS_API_KEY: 'xi-wrong' })
    expect(await rows(workspaceId)).toMatchObject([
      { provider: 'elevenlabs', available: false, reason: 'providers.reason.badKey' },
    ])
    await bench.tenant.db.secret.deleteMany({})
    await bench.use.refresh(workspaceId)
    expect(await rows(workspaceId)).toEqual([])
  })
})
