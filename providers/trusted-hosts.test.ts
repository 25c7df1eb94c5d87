import { expect, it } from 'vitest'
import { trustedHosts } from './trusted-hosts.ts'

it('trusts the addresses of the environment, for their host and port only, and where Ollama listens', () => {
  expect(trustedHosts({})).toEqual(['127.0.0.1:11434'])
  const env = {
    OPENAI_BASE_URL: 'http://10.0.0.5:8000/v1',
    OLLAMA_HOST: '0.0.0.0:9999',
    ELEVENLABS_BASE_URL: 'https://voices.example',
  }
  expect(trustedHosts(env).toSorted()).toEqual([
    '10.0.0.5:8000',
    '127.0.0.1:11434',
    '127.0.0.1:9999',
    'voices.example:443',
  ])
})
