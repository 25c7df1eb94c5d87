import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const QUEUES = ['io', 'cpu', 'gpu'] as const

/** The variables that several roots share (DESIGN 10). A root spreads what it needs into `readEnv`. */
export const envShapes = {
  dataDir: {
    DATA_DIR: z
      .string()
      .default('.data')
      .transform((dir) => path.resolve(dir))
      .describe('Where files, the embedded database and generated keys are kept. Default: .data in the working folder'),
  },
  databaseUrl: {
    DATABASE_URL: address(['postgres:', 'postgresql:'])
      .optional()
      .describe('PostgreSQL 15 or newer. Unset: an embedded PostgreSQL is started in DATA_DIR'),
  },
  redisUrl: {
    REDIS_URL: address(['redis:', 'rediss:'])
      .optional()
      .describe('Redis 6.2 or newer with maxmemory-policy noeviction. Unset: the queue lives in PostgreSQL'),
  },
  http: {
    HTTP_HOST: z.string().default('127.0.0.1').describe('Address that the web room listens on. Default: 127.0.0.1'),
    HTTP_PORT: wholeNumber(0, 65_535).default(7420).describe('Port of the web room; 0: any free one. Default: 7420'),
    PUBLIC_URL: address(['http:', 'https:'])
      .optional()
      .describe('Where people reach the web room, e.g. https://studio.example.org'),
    ROOM_PASSWORD: z
      .string()
      .optional()
      .describe("The admin's password of the web room; needed when it listens on more than loopback"),
  },
  secretKey: {
    SECRET_KEY: z
      .string()
      .optional()
      .describe(
        '32 bytes as 64 hex digits or base64; encrypts stored keys. Unset: generated once in DATA_DIR/secret.key',
      ),
  },
  egress: {
    ALLOW_PRIVATE_HOSTS: list()
      .default([])
      .describe(
        'Private addresses that may be fetched from: host, host:port or CIDR, separated by commas. Default: none',
      ),
  },
  worker: {
    WORKER_QUEUES: list()
      .pipe(z.array(z.enum(QUEUES)).min(1))
      .default([...QUEUES])
      .describe('Resources that this worker serves. Default: io,cpu,gpu'),
    WORKER_CONCURRENCY: z
      .string()
      .transform(parseConcurrency)
      .default({ io: 4, cpu: availableParallelism() })
      .describe('Steps at once, e.g. io=4,cpu=2. Default: io=4, cpu=one per core, gpu=one per device'),
    GPU_DEVICES: list().default([]).describe('CUDA devices that the gpu queue may use, e.g. 0,1. Default: none'),
    SHUTDOWN_GRACE: wholeNumber(0, 3600)
      .default(30)
      .describe('Seconds that running steps may still take when a worker is stopped. Default: 30'),
    YTDLP_PATH: z.string().optional().describe('A newer yt-dlp than the one in PATH'),
  },
  timeScale: {
    TIME_SCALE: z.coerce
      .number()
      .positive()
      .default(1)
      .describe('Multiplies every timing of the engine; tests use 0.05. Default: 1'),
  },
  log: {
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('How much is logged. Default: info'),
  },
} as const

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d+$/, `a whole number from ${least} to ${most} is needed`)
    .transform(Number)
    .pipe(z.number().min(least, `${least} is the least`).max(most, `${most} is the most`))
}

function address(protocols: readonly string[]) {
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')} is needed`,
  })
}

function list() {
  return z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
}

function parseConcurrency(text: string, context: z.core.$RefinementCtx): { io?: number; cpu?: number; gpu?: number } {
  const slots: { io?: number; cpu?: number; gpu?: number } = {}
  for (const part of text.split(',')) {
    const match = /^\s*(io|cpu|gpu)\s*=\s*(\d{1,4})\s*$/.exec(part)
    const queue = QUEUES.find((name) => name === match?.[1])
    if (!queue) {
      context.addIssue({ code: 'custom', message: 'a list such as io=4,cpu=2 is needed', input: text })
      return z.NEVER
    }
    slots[queue] = Number(match?.[2])
  }
  return slots
}
