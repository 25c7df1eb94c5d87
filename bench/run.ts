import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { benches } from './index.ts'
import type { Measure } from './measure.ts'

const OUT = path.join(import.meta.dirname, 'out')

/** `npm run bench [-- name …]`: prints a table per bench and writes `bench/out/<name>.json`. Exits 1 when a target is missed. */
async function main(names: readonly string[]): Promise<number> {
  const known = Object.keys(benches) as (keyof typeof benches)[]
  const unknown = names.filter((name) => !known.some((one) => one === name))
  if (unknown.length > 0) {
    say(`There is no bench called ${unknown.join(', ')}. There are: ${known.join(', ')}`)
    return 1
  }
  let missed = 0
  for (const name of known.filter((one) => names.length === 0 || names.includes(one))) {
    say(`\n${name}`)
    const measures = await (await benches[name]()).run((line) => say(`  … ${line}`))
    await mkdir(OUT, { recursive: true })
    await writeFile(path.join(OUT, `${name}.json`), `${JSON.stringify(measures, null, 2)}\n`)
    say(table(measures))
    missed += measures.filter((measure) => !measure.ok).length
  }
  return missed === 0 ? 0 : 1
}

function table(measures: readonly Measure[]): string {
  const header = ['metric', 'value', 'floor', 'ratio', 'target', '']
  const rows = measures.map(({ metric, value, unit, floor, ratio, target, ok }) => [
    metric,
    `${figure(value)} ${unit}`,
    floor === null ? '' : `${figure(floor)} ${unit}`,
    ratio === null ? '' : ratio.toFixed(2),
    target,
    ok ? 'ok' : 'MISSED',
  ])
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)))
  return [header, ...rows]
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exit(await main(process.argv.slice(2)))
