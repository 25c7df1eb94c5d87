import { readFile, writeFile } from 'node:fs/promises'
import type { z } from 'zod'
import { envShapes } from '#core/env-shapes.ts'
import { mediaCapsShape } from '#media/caps.ts'
import { providers } from '#providers/index.ts'

// Writes .env.example from what is declared in the code; with --check, fails when it is not current.

const FILE = new URL('../.env.example', import.meta.url)
const WIDTH = 118

const text = envExample()
if (!process.argv.includes('--check')) {
  await writeFile(FILE, text)
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== text) {
  console.error('.env.example is not current: node scripts/env-example.ts')
  process.exit(1)
}

function envExample(): string {
  const studio = [...Object.values(envShapes), mediaCapsShape].flatMap((shape) => entries(shape))
  const outside = new Map(
    providers.flatMap((provider) => entries(provider.env.shape)).map((entry) => [entry.name, entry]),
  )
  return [
    '# Everything is optional: with nothing set, the studio runs offline with draft-quality local engines.',
    '# Made by scripts/env-example.ts from what the code declares.',
    ...section('The studio', studio),
    ...section('Providers (workspaces can also set their keys with /settings keys)', [...outside.values()]),
    '',
  ].join('\n')
}

interface Entry {
  readonly name: string
  readonly about: string
}

function entries(shape: Readonly<Record<string, z.core.$ZodType>>): Entry[] {
  return Object.entries(shape).map(([name, type]) => {
    const about = (type as z.ZodType).description
    if (!about) throw new Error(`${name} has no description`)
    return { name, about }
  })
}

function section(title: string, list: readonly Entry[]): string[] {
  return ['', `# ── ${title} ──`, ...list.flatMap(({ name, about }) => ['', ...wrap(about), `#${name}=`])]
}

function wrap(about: string): string[] {
  const lines = ['#']
  for (const word of about.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`# ${word}`)
  }
  return lines
}
