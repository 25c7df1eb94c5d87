import { approveTimes, bareTimes } from './engine-parts/latency.ts'
import { openPlace, type Place } from './engine-parts/place.ts'
import { bareRate, CHAIN, engineRate } from './engine-parts/throughput.ts'
import { median, quantile, type Bench, type Measure } from './measure.ts'

const ROUNDS = 5
const RUNS_A_ROUND = 1_000
const CLICKS_A_ROUND = 40
const TARGETS = { postgres: 0.25, redis: 0.35 } as const
const MEMORY_MB = 250
const CLICK_RATIO = 2

/** What the engine costs on top of bare BullMQ (1,000 runs of ten chained steps a round; clicks while idle). */
export const engine: Bench = {
  run: async (say) => {
    const place = await openPlace()
    try {
      return [...(await throughput(place, say)), ...(await clicks(place, say))]
    } finally {
      await place.close()
    }
  },
}

const BACKENDS = ['postgres', 'redis'] as const

async function throughput(place: Place, say: (line: string) => void): Promise<Measure[]> {
  const bare: number[] = []
  const rates = { postgres: [] as number[], redis: [] as number[] }
  const memory: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    // side by side in time, so that what else the machine does weighs on all
    bare.push(await bareRate(place, RUNS_A_ROUND * CHAIN))
    for (const backend of BACKENDS) {
      const { perSecond, pssMb } = await engineRate(place, backend, RUNS_A_ROUND)
      rates[backend].push(perSecond)
      memory.push(pssMb)
    }
    say(`round ${round}: bare ${show(bare)}, PostgreSQL ${show(rates.postgres)}, Redis ${show(rates.redis)} steps/s`)
  }
  const measures = BACKENDS.map((backend): Measure => {
    const ratio = median(rates[backend].map((rate, round) => rate / (bare[round] ?? Number.NaN)))
    const target = TARGETS[backend]
    return {
      metric: `chained steps, ${backend} queue`,
      value: median(rates[backend]),
      unit: 'steps/s',
      floor: median(bare),
      ratio,
      target: `≥ ${target} of bare BullMQ on PostgreSQL`,
      ok: ratio >= target,
    }
  })
  const pss = Math.max(...memory)
  return [
    ...measures,
    {
      metric: 'memory of a worker under load',
      value: pss,
      unit: 'MB',
      floor: MEMORY_MB,
      ratio: pss / MEMORY_MB,
      target: `≤ ${MEMORY_MB} MB`,
      ok: pss <= MEMORY_MB,
    },
  ]
}

async function clicks(place: Place, say: (line: string) => void): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const backend of BACKENDS) {
    const rounds: { value: number; floor: number }[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const floor = quantile(await bareTimes(place, backend, CLICKS_A_ROUND), 0.95)
      const value = quantile(await approveTimes(place, backend, CLICKS_A_ROUND), 0.95)
      rounds.push({ value, floor })
      say(`clicks, ${backend}, round ${round}: ${value.toFixed(1)} ms, bare ${floor.toFixed(1)} ms`)
    }
    const ratio = median(rounds.map((round) => round.value / round.floor))
    measures.push({
      metric: `approve → next stage running, p95, ${backend}`,
      value: median(rounds.map((round) => round.value)),
      unit: 'ms',
      floor: median(rounds.map((round) => round.floor)),
      ratio,
      target: `≤ ${CLICK_RATIO} × bare`,
      ok: ratio <= CLICK_RATIO,
    })
  }
  return measures
}

function show(values: readonly number[]): string {
  return Math.round(values.at(-1) ?? 0).toLocaleString('en')
}
