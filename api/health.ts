import type { FastifyInstance } from 'fastify'

export interface HealthParts {
  /** what is missing before work can be taken and done: empty when ready */
  missing(): Promise<readonly string[]>
}

/** `GET /healthz`: the process answers. `GET /readyz`: 200 when it can work, else 503 and what is missing. */
export function healthRoutes(app: FastifyInstance, parts: HealthParts): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const missing = await parts.missing()
    return reply
      .status(missing.length === 0 ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready: missing.length === 0, missing })
  })
}
