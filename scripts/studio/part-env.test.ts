import { expect, it } from 'vitest'
import { providers } from '#providers/index.ts'
import { partEnv } from './part-env.ts'

const known = { dataDir: '/studio', databaseUrl: 'postgres://dailies:pw@127.0.0.1:5/dailies', room: undefined }
const secrets = {
  ...Object.fromEntries(providers.flatMap((provider) => provider.secrets).map((name) => [name, 'sk'])),
  SECRET_KEY: '00',
  ROOM_PASSWORD: 'open sesame',
  REDIS_URL: 'redis://:hunter2@127.0.0.1:6379',
  AWS_SECRET_ACCESS_KEY: 'x',
}
const env = { ...secrets, PATH: '/bin', HTTP_PORT: '7420', OLLAMA_HOST: 'http://127.0.0.1:11434' }

function secretsOf(part: Parameters<typeof partEnv>[0]): string[] {
  return Object.keys(partEnv(part, env, known)).filter((name) => name in secrets)
}

it('gives each part the secrets that it works with, and no others', () => {
  expect(secrets).toHaveProperty('OPENAI_API_KEY')
  expect(secretsOf('bot').toSorted()).toEqual(['ROOM_PASSWORD', 'SECRET_KEY'])
  expect(secretsOf('scheduler')).toEqual([])
  expect(secretsOf('worker').toSorted()).toEqual(
    Object.keys(secrets)
      .filter((name) => name !== 'ROOM_PASSWORD')
      .toSorted(),
  )
})

it('gives all of them the rest, the database and the folder', () => {
  for (const part of ['bot', 'worker', 'scheduler'] as const) {
    expect(partEnv(part, env, known)).toMatchObject({
      PATH: '/bin',
      OLLAMA_HOST: 'http://127.0.0.1:11434',
      DATA_DIR: '/studio',
      DATABASE_URL: known.databaseUrl,
      HTTP_PORT: '7420',
    })
  }
})

it('keeps the port that was free at first', () => {
  const room = 'http://127.0.0.1:45678'
  expect(partEnv('bot', { HTTP_PORT: '0' }, { ...known, room })['HTTP_PORT']).toBe('45678')
  expect(partEnv('bot', { HTTP_PORT: '0' }, known)['HTTP_PORT']).toBe('0')
})
