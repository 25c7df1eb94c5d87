import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ollama } from '#providers/ollama/index.ts'
import { openaiText } from '#providers/openai/index.ts'
import { startOllamaFake } from '#test/fakes/ollama.ts'
import { startOpenaiFake } from '#test/fakes/openai.ts'
import { providerBench } from './provider-bench.ts'
import { textContract } from './provider-text.ts'

textContract('openai', async (answer) => {
  const fake = await startOpenaiFake({ key: 'sk-test', answer })
  return providerBench(openaiText, {
    env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `${fake.url}/v1` },
    fake,
  })
})

textContract('a local server that knows no schemas', async (answer) => {
  const fake = await startOpenaiFake({ schemas: false, models: ['qwen3:8b'], answer })
  return providerBench(openaiText, { env: { OPENAI_BASE_URL: `${fake.url}/v1/` }, fake })
})

textContract('ollama', async (answer) => {
  const fake = await startOllamaFake({ answer })
  return providerBench(ollama, { env: { OLLAMA_HOST: fake.host }, fake })
})

const calm = new AbortController().signal

describe('openai text', () => {
  it('reports a refusal as one', async () => {
    const fake = await startOpenaiFake({ key: 'k' })
    const bench = await providerBench(openaiText, {
      env: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${fake.url}/v1` },
      fake,
    })
    fake.fail({ kind: 'refusal' })
    const asked = bench.client.complete({
      system: 's',
      user: 'u',
      schema: z.object({ ok: z.boolean() }),
      schemaName: 'ok',
      signal: calm,
    })
    await expect(asked).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      data: { said: "I'm sorry, I can't help with that." },
    })
    await bench.close()
  })

  it('asks in strict mode only for shapes that it takes', async () => {
    const fake = await startOpenaiFake()
    const bench = await providerBench(openaiText, { env: { OPENAI_BASE_URL: `${fake.url}/v1` }, fake })
    const loose = z.object({ ok: z.boolean(), why: z.string().optional() })
    await bench.client.complete({ system: 's', user: 'u', schema: loose, schemaName: 'loose', signal: calm })
    await bench.client.complete({
      system: 's',
      user: 'u',
      schema: loose.required(),
      schemaName: 'strict',
      signal: calm,
    })
    const modes = fake.requests
      .slice(-2)
      .map(
        ({ body }) =>
          (JSON.parse(body.toString()) as { response_format: { json_schema: { strict: boolean } } }).response_format
            .json_schema.strict,
      )
    expect(modes).toEqual([false, true])
    expect(fake.violations).toEqual([])
    await bench.close()
  })

  it('sends the key to the service and nothing else that tells who we are', async () => {
    const fake = await startOpenaiFake({ key: 'sk-secret' })
    const bench = await providerBench(openaiText, {
      env: { OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: `${fake.url}/v1` },
      fake,
    })
    await bench.client.complete({
      system: 's',
      user: 'u',
      schema: z.object({ ok: z.boolean() }),
      schemaName: 'ok',
      signal: calm,
    })
    expect(fake.requests.at(-1)?.headers.authorization).toBe('Bearer sk-secret')
    expect(fake.requests.at(-1)?.headers['openai-organization']).toBeUndefined()
    await bench.close()
  })

  it('is not offered by a server of its own that lists recognisers only', async () => {
    const fake = await startOpenaiFake({ models: ['Systran/faster-whisper-small'] })
    const bench = await providerBench(openaiText, { env: { OPENAI_BASE_URL: `${fake.url}/v1` }, fake })
    expect(bench.found).toMatchObject({ reason: 'providers.reason.noModel' })
    await bench.close()
  })
})

describe('ollama', () => {
  it('takes the first chat model that is installed, or the chosen one', async () => {
    const fake = await startOllamaFake({ models: ['nomic-embed-text:latest', 'gemma3:4b', 'qwen3:latest'] })
    const first = await providerBench(ollama, { env: { OLLAMA_HOST: fake.url }, fake })
    const chosen = await providerBench(ollama, { env: { OLLAMA_HOST: fake.url, OLLAMA_MODEL: 'qwen3' } })
    const missing = await providerBench(ollama, { env: { OLLAMA_HOST: fake.url, OLLAMA_MODEL: 'llama9' } })
    expect([first.found.model, chosen.found.model, missing.found.reason]).toEqual([
      'gemma3:4b',
      'qwen3:latest',
      'providers.reason.noModel',
    ])
    await Promise.all([first.close(), chosen.close(), missing.close()])
  })

  it('is not there where nobody listens', async () => {
    const fake = await startOllamaFake()
    await fake.close()
    const bench = await providerBench(ollama, { env: { OLLAMA_HOST: fake.url } })
    expect(bench.found.reason).toBe('providers.reason.unreachable')
    await bench.close()
  })

  it('makes room for a long document', async () => {
    const fake = await startOllamaFake({ answer: () => ({ ok: true }) })
    const bench = await providerBench(ollama, { env: { OLLAMA_HOST: fake.url }, fake })
    const user = 'word '.repeat(12_000)
    const { value } = await bench.client.complete({
      system: 's',
      user,
      schema: z.object({ ok: z.boolean() }),
      schemaName: 'ok',
      signal: calm,
    })
    expect(value).toEqual({ ok: true })
    expect(fake.violations).toEqual([])
    await bench.close()
  })
})
