import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProviderNeed } from '#providers/define.ts'
import { SAID, speakBy, useBench, type UseBench, writeBy } from '#test/builders/provider-use.ts'
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

describe('choosing', () => {
  it('takes the best that is there, and another by strategy or by name', async () => {
    expect(await bench.step().candidates('speech', {}, PORTUGUESE)).toEqual(['elevenlabs', 'openai', 'espeak'])
    expect(await bench.step().candidates('speech', { strategy: 'cost' }, PORTUGUESE)).toEqual([
      'espeak',
      'openai',
      'elevenlabs',
    ])
    expect(await bench.step().candidates('speech', { strategy: 'speed' }, PORTUGUESE)).toEqual([
      'espeak',
      'openai',
      'elevenlabs',
    ])
    expect(await bench.step().candidates('speech', { provider: 'openai' }, PORTUGUESE)).toEqual(['openai'])
    expect(await bench.step().resolved('speech', {}, PORTUGUESE)).toEqual([
      'elevenlabs/eleven_multilingual_v2',
      'openai/gpt-4o-mini-tts',
      'espeak/',
    ])
    expect(await bench.step().candidates('transcription', {}, { language: 'pt' })).toEqual(['openai'])
    expect(await bench.step().candidates('transcription', {}, { language: 'en', captions: true })).toEqual([
      'captions',
      'openai',
      'pocketsphinx',
    ])
  })

  it('works with nothing configured', async () => {
    const bare = bench.step({ use: bench.start({ OLLAMA_HOST: '127.0.0.1:9' }) })
    expect(await bare.candidates('speech', {}, PORTUGUESE)).toEqual(['espeak'])
    expect(await bare.candidates('translation', {}, { from: 'en', to: 'pt-BR' })).toEqual(['apertium'])
    expect(await bare.candidates('transcription', {}, { language: 'en' })).toEqual(['pocketsphinx'])
    expect(await bare.has('text', {})).toBe(false)
    expect((await speak(bare)).draft).toBe(true)
  })

  it('says what would help when nobody can', async () => {
    const bare = bench.step({ use: bench.start({ OLLAMA_HOST: '127.0.0.1:9' }) })
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
    bench.elevenlabs.fail({ kind: 'down' }, { kind: 'down' }, { kind: 'down' })
    for (let round = 0; round < 3; round++) await speak()
    expect(await bench.step().candidates('speech', { strategy: 'reliability' }, PORTUGUESE)).toEqual([
      'openai',
      'elevenlabs',
      'espeak',
    ])
    expect(await bench.step().candidates('speech', {}, PORTUGUESE)).toEqual(['elevenlabs', 'openai', 'espeak'])
  })

  it('prefers who is idle when asked to', async () => {
    bench.elevenlabs.fail({ kind: 'hang' })
    const stop = new AbortController()
    const busy = speak(bench.step({ signal: stop.signal }), {
      choice: { provider: 'elevenlabs' },
      signal: stop.signal,
    }).catch((error: unknown) => error)
    while (!bench.elevenlabs.requests.some(({ method }) => method === 'POST'))
      await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await bench.step().candidates('speech', { strategy: 'load' }, PORTUGUESE)).toEqual([
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
      units: { characters: SAID.length },
    })
    expect(Number(spoken?.costMicros)).toBe(Math.round(0.12 * SAID.length * 1000))
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
      bench.elevenlabs.fail({ kind })
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
    const [fine, makeshift] = [bench.step(), bench.step()]
    await speak(fine)
    bench.elevenlabs.fail({ kind: 'down' })
    await speak(makeshift)
    expect([fine.hadTrouble(), makeshift.hadTrouble()]).toEqual([false, true])
  })

  it('ends with the engine of this machine when all services fail', async () => {
    bench.elevenlabs.fail({ kind: 'down' })
    bench.openai.fail({ kind: 'busy', retryAfterSeconds: 3600 })
    expect(await speak()).toMatchObject({ provider: 'espeak', draft: true })
  })

  it('waits out a short pause that a service asks for, once, and gives a long one on', async () => {
    bench.elevenlabs.fail({ kind: 'busy', retryAfterSeconds: 0.05 })
    expect(await speak()).toMatchObject({ provider: 'elevenlabs' })
    bench.elevenlabs.fail({ kind: 'busy', retryAfterSeconds: 1800 })
    await expect(speak(bench.step(), { choice: { provider: 'elevenlabs' } })).rejects.toMatchObject({
      code: 'PROVIDER_BUSY',
      retryAfterMs: 1_800_000,
    })
    expect((await calls()).map(({ outcome }) => outcome)).toEqual(['PROVIDER_BUSY', 'ok', 'PROVIDER_BUSY'])
  })

  it('tells the failure that may pass when all fail, so that the step is tried again', async () => {
    const both = bench.step()
    bench.elevenlabs.fail({ kind: 'key' })
    bench.openai.fail({ kind: 'down' })
    const noEspeak = both.use('speech', {}, PORTUGUESE, async (client, { local }) => {
      if (local)
        return client.speak({
          text: SAID,
          voice: 'no-such-voice',
          language: 'pt',
          outPath: path.join(bench.dir, 'x'),
          signal: new AbortController().signal,
        })
      const [voice] = await client.voices(new AbortController().signal)
      return client.speak({
        text: SAID,
        voice: voice?.id ?? '',
        language: 'pt',
        outPath: path.join(bench.dir, 'x'),
        signal: new AbortController().signal,
      })
    })
    await expect(noEspeak).rejects.toMatchObject({ code: 'PROVIDER_DOWN', category: 'transient' })
  })

  it('does not hide a bug behind another provider', async () => {
    const broken = bench
      .step()
      .use('speech', {}, PORTUGUESE, () => Promise.reject(new TypeError('x is not a function')))
    await expect(broken).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(await calls()).toEqual([])
  })

  it('keeps to the places of a provider', async () => {
    const asked = () => bench.openai.requests.filter(({ method }) => method === 'POST').length
    bench.openai.fail(...Array.from({ length: 4 }, () => ({ kind: 'hang' as const })))
    const hanging = Array.from({ length: 4 }, () => new AbortController())
    const held = hanging.map(({ signal }) => write(bench.step({ signal }), signal).catch((error: unknown) => error))
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
