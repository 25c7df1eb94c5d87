import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ROOT = new URL('../', import.meta.url)
/** A field of a zod object that reads as a variable: `MAX_SOURCE_HOURS: z.coerce…`. */
const DECLARED = /^\s+([A-Z][A-Z\d]*(?:_[A-Z\d]+)+): (?:z|address|wholeNumber|list)\b/gmu

test('.env.example names every variable that the code declares', () => {
  const files = globSync('{core,media,providers,bot,workers,scheduler,scripts}/**/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  const declared = files.flatMap((file) =>
    [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(DECLARED)].map((match) => match[1]),
  )
  const named = [...readFileSync(new URL('.env.example', ROOT), 'utf8').matchAll(/^#([A-Z_\d]+)=$/gmu)]
  expect(new Set(named.map((match) => match[1]))).toEqual(new Set(declared))
})
