import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url))

/** Where the page's three libraries lie: served as they are, without a build. */
const LIBRARIES = {
  'preact.mjs': import.meta.resolve('preact').replace(/preact\.js$/, 'preact.mjs'),
  'hooks.mjs': import.meta.resolve('preact/hooks').replace(/hooks\.js$/, 'hooks.mjs'),
  'htm.mjs': import.meta.resolve('htm').replace(/htm\.js$/, 'htm.mjs'),
}

/** The page itself and its parts. Only scripts of ours run in it: the import map's nonce is new for each page. */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const page = readFileSync(new URL('../public/index.html', import.meta.url), 'utf8')
  const libraries = Object.entries(LIBRARIES).map(
    ([name, url]) => [name, readFileSync(fileURLToPath(url), 'utf8')] as const,
  )

  app.get('/', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({
        'content-security-policy': policy(nonce),
        'cache-control': 'no-store',
        'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('{{nonce}}', nonce))
  })

  for (const [name, source] of libraries) {
    app.get(`/lib/${name}`, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(source),
    )
  }
  await app.register(fastifyStatic, {
    root: PUBLIC,
    prefix: '/room/assets/',
    index: false,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  })
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
