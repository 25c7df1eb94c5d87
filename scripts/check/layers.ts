import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { LAYERS } from '../../.dependency-cruiser.mjs'
import { cruise } from './cruise.ts'
import { plantViolations } from './plant-violations.ts'

// Checks who imports whom. First it proves that it sees: on a small tree where every rule is broken once (some versions of
// the parser read no TypeScript, find nothing, and pass).

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = Object.keys(LAYERS)

const problems = [...(await blindSpots()), ...(await violations())]
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

async function blindSpots(): Promise<string[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'dailies-layers-'))
  try {
    const expected = await plantViolations(root, PROJECT)
    const seen = new Set((await cruise(root, FOLDERS)).violations.map(({ rule, from }) => `${rule} ${from}`))
    const missed = expected
      .filter((each) => !seen.has(each))
      .map((each) => `The check is blind: it missed the planted ${each}`)
    const invented = [...seen]
      .filter((each) => !expected.includes(each))
      .map((each) => `The check errs: it saw ${each}, which is allowed`)
    return [...missed, ...invented]
  } finally {
    await rm(root, { recursive: true })
  }
}

async function violations(): Promise<string[]> {
  const { files, violations: found } = await cruise(PROJECT, FOLDERS)
  if (files < FOLDERS.length) return [`The check is blind: it read ${files} files`]
  console.log(`${files} files`)
  return found.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)
}
