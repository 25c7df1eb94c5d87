import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { envShapes } from './env-shapes.ts'
import { readEnv } from './env.ts'
import type { AppError } from './errors.ts'

const everything = Object.assign({}, ...Object.values(envShapes)) as Record<string, z.ZodType>

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnv(everything, source)
  } catch (error) {
    return (error as AppError).data['problems'] as string[]
  }
  return []
}

test('the studio starts with nothing set', () => {
  expect(
    readEnv({ ...envShapes.dataDir, ...envShapes.http, ...envShapes.worker, ...envShapes.timeScale }, {}),
  ).toMatchObject({
    DATA_DIR: path.resolve('.data'),
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: 7420,
    WORKER_QUEUES: ['io', 'cpu', 'gpu'],
    WORKER_CONCURRENCY: { io: 4 },
    GPU_DEVICES: [],
    SHUTDOWN_GRACE: 30,
    TIME_SCALE: 1,
  })
})

test('every value is read in its form', () => {
  const source = {
    DATABASE_URL: 'postgresql://u:p@db/x',
    REDIS_URL: 'rediss://cache:6380',
    HTTP_PORT: '0',
    PUBLIC_URL: 'https://studio.example.org',
    ALLOW_PRIVATE_HOSTS: ' nas.lan:80, 10.0.0.0/8 ,',
    WORKER_QUEUES: 'io,cpu',
    WORKER_CONCURRENCY: 'io=2, cpu=1',
    GPU_DEVICES: '0,1',
    ROOM_PASSWORD: 'short',
    TIME_SCALE: '0.05',
    LOG_LEVEL: 'debug',
  }
  expect(readEnv(everything, source)).toMatchObject({
    ...source,
    HTTP_PORT: 0,
    ALLOW_PRIVATE_HOSTS: ['nas.lan:80', '10.0.0.0/8'],
    WORKER_QUEUES: ['io', 'cpu'],
    WORKER_CONCURRENCY: { io: 2, cpu: 1 },
    GPU_DEVICES: ['0', '1'],
    TIME_SCALE: 0.05,
  })
})

test('an empty value counts as unset', () => {
  expect(readEnv(envShapes.redisUrl, { REDIS_URL: ' ' })).toEqual({})
})

test('all problems are told at once, in words', () => {
  const problems = problemsOf({
    DATABASE_URL: 'mysql://db/x',
    HTTP_PORT: '70000',
    PUBLIC_URL: 'studio',
    WORKER_QUEUES: 'io,tpu',
    WORKER_CONCURRENCY: 'many',
    TIME_SCALE: '-1',
    LOG_LEVEL: 'loud',
  })
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'DATABASE_URL',
    'HTTP_PORT',
    'PUBLIC_URL',
    'WORKER_QUEUES',
    'WORKER_CONCURRENCY',
    'TIME_SCALE',
    'LOG_LEVEL',
  ])
  expect(problems[0]).toBe(
    'DATABASE_URL is not usable: an address that starts with postgres:// or postgresql:// is needed',
  )
})

test('what is needed and not set is said so, and no value is repeated', () => {
  const shape = { API_KEY: z.string().min(20), BASE: z.url() }
  expect(() => readEnv(shape, { API_KEY: 'sk-hunter2' })).toThrow(/API_KEY is not usable[^]*BASE is not set/)
  expect(() => readEnv(shape, { API_KEY: 'sk-hunter2' })).not.toThrow(/hunter2/)
})

test('the environment of the process is what is read by default', () => {
  expect(readEnv({ PATH: z.string() }).PATH).toBe(process.env['PATH'])
})
