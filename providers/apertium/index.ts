import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { randomBase62 } from '#core/ids.ts'
import { run } from '#core/run.ts'
import { defineProvider } from '../define.ts'
import { findRoute, reachablePairs } from './route.ts'
import { type Direction, parseDirections } from './schema.ts'

const LIMITS = { concurrency: 2, timeoutMs: 120_000 }
/** lines of one run of the tool */
const BATCH = 400

/** Apertium: rule-based translation without a model. Draft quality; pairs are chained where there is no direct one. */
export const apertium = defineProvider({
  id: 'apertium',
  capability: 'translation',
  env: z.object({}),
  secrets: [],
  needs: ['apertium'],
  rank: { quality: 20, speed: 95 },
  limits: LIMITS,
  local: true,
  draft: true,

  async discover(_env, _context, signal) {
    const directions = parseDirections((await run('apertium', ['-l'], { signal, timeoutMs: 10_000 })).stdout)
    if (directions.length === 0) return { reason: 'providers.reason.noPairs' }
    return { models: directions.map(({ mode }) => mode), pairs: reachablePairs(directions) }
  },

  supports({ from, to }, _env, found) {
    return from !== undefined && to !== undefined && routeOf(found.models, from, to) !== undefined
  },

  create(_env, context, found) {
    return {
      async translate({ lines, from, to, signal }) {
        const route = routeOf(found.models, from, to)
        if (!route)
          throw new AppError('NO_TRANSLATOR', `apertium has no way from ${from} to ${to}`, { data: { from, to } })
        const through = (batch: readonly string[]) =>
          translateBatch(batch, route, {
            signal,
            workDir: context.workDir,
            timeoutMs: context.timeoutMs ?? LIMITS.timeoutMs,
          })
        const translated: (string | null)[] = []
        for (let at = 0; at < lines.length; at += BATCH)
          translated.push(...(await safeBatch(lines.slice(at, at + BATCH), through)))
        const characters = lines.reduce((sum, line) => sum + line.length, 0)
        return { lines: translated, usage: { model: route.map(({ mode }) => mode).join('+'), characters } }
      },
    }
  },
})

function routeOf(modes: readonly string[] | undefined, from: string, to: string): Direction[] | undefined {
  return findRoute(parseDirections((modes ?? []).join('\n')), from, to)
}

type Through = (batch: readonly string[]) => Promise<(string | undefined)[]>

// a line that failed with the others is tried alone, then given up: one bad line never costs the rest
async function safeBatch(lines: readonly string[], through: Through): Promise<(string | null)[]> {
  const together = await through(lines).catch(unlessStopped)
  const found: (string | null)[] = []
  for (const [index, line] of lines.entries()) {
    if (!/[\p{L}\p{N}]/u.test(line)) found.push(line)
    else found.push(together[index] ?? (await through([line]).catch(unlessStopped))[0] ?? null)
  }
  return found
}

function unlessStopped(error: unknown): undefined[] {
  if (error instanceof AppError && error.code === 'TOOL_FAILED') return []
  throw error
}

interface RunLimits {
  readonly signal: AbortSignal
  readonly workDir: string
  readonly timeoutMs: number
}

/**
 * Each line is a message of its own (NUL-flushed), so that words never move from one line to another; between the pairs of a
 * chain the text stays in Apertium's own escaping. Unknown words come through unmarked (-u).
 */
async function translateBatch(
  lines: readonly string[],
  route: readonly Direction[],
  limits: RunLimits,
): Promise<(string | undefined)[]> {
  let stream = lines.map((line) => `${escape(line)}${END}\0`).join('')
  for (const { mode } of route) stream = await translateStream(stream, mode, limits)
  const pieces = stream.split('\0')
  // past the lines only empty flushes may follow: anything else means that lines were torn apart
  if (pieces.slice(lines.length).some((piece) => piece.trim() !== '')) return []
  return lines.map((line, index) => finished(pieces[index] ?? '', line))
}

// the script opens /dev/stdin by name, which fails on the socket that a child's stdin is: it reads a file instead
async function translateStream(stream: string, mode: string, limits: RunLimits): Promise<string> {
  const file = path.join(limits.workDir, `apertium-${randomBase62(8)}.txt`)
  await writeFile(file, stream)
  try {
    return (await run('apertium', ['-z', '-u', '-f', 'none', mode, file], limits)).stdout
  } finally {
    await rm(file, { force: true })
  }
}

/** a full stop of ours ends the sentence for the tagger; the empty blank keeps it out of the words */
const END = '.[]'

function finished(piece: string, line: string): string | undefined {
  const text = unescape(piece.endsWith(END) ? piece.slice(0, -END.length) : piece.replace(/\.\[\]\s*$/u, ''))
  const spaced = text.replaceAll(/\s+/gu, ' ').trim()
  if (spaced === '') return undefined
  // the first letter as in the source: the rules give lower case after what they move
  return startsUpper(line) ? spaced.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase()) : spaced
}

function startsUpper(line: string): boolean {
  return /^\P{L}*\p{Lu}/u.test(line)
}

// the stream format gives these a meaning (apertium wiki, "Apertium stream format")
function escape(line: string): string {
  return line.replaceAll(/[\0\r\n]+/gu, ' ').replaceAll(/[\\^$[\]{}/@<>]/gu, (character) => `\\${character}`)
}

function unescape(text: string): string {
  return text
    .replaceAll(/\[[^\]]*?\]/gu, (blank, at: number) => (text[at - 1] === '\\' ? blank : ''))
    .replaceAll(/\\(.)/gu, '$1')
}
