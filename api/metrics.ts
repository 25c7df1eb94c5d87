import type { FastifyInstance, FastifyRequest } from 'fastify'

/** One measured value with its labels. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface MetricsParts {
  read(): Promise<readonly Sample[]>
  /** @throws AppError FORBIDDEN for who may not read them */
  authorise(request: FastifyRequest): Promise<void>
}

const HELP: Readonly<Record<string, string>> = {
  dailies_steps: 'Steps by stage resource and state',
  dailies_runs: 'Runs by state',
  dailies_waiting_person: 'Checkpoints that wait for a decision',
  dailies_workers: 'Workers that beat lately',
  dailies_provider_calls: 'Calls of providers in the last 24 hours by outcome',
  dailies_provider_cost_dollars: 'Cost of provider calls in the last 24 hours',
  dailies_oldest_ready_seconds: 'Age of the oldest step that could run and does not',
}

/** `GET /metrics` in Prometheus' text format, aggregated from rows: the same from whichever process is asked. */
export function metricsRoutes(app: FastifyInstance, parts: MetricsParts): void {
  app.get('/metrics', async (request, reply) => {
    await parts.authorise(request)
    const samples = await parts.read()
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(exposition(samples))
  })
}

function exposition(samples: readonly Sample[]): string {
  const byName = Map.groupBy(samples, (sample) => sample.name)
  const blocks = [...byName].map(([name, group]) =>
    [`# HELP ${name} ${HELP[name] ?? name}`, `# TYPE ${name} gauge`, ...group.map(line)].join('\n'),
  )
  return `${blocks.join('\n')}\n`
}

function line({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(
    ([key, text]) => `${key}="${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  )
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}
