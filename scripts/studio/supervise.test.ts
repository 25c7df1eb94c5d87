import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStarted } from '#core/database/server-process.ts'
import { supervise } from './supervise.ts'
import type { Supervised } from './supervise.ts'

let dir: string
let running: Supervised[]
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-supervise-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop(0)))
  await rm(dir, { recursive: true, force: true })
})

interface Heard {
  readonly lines: string[]
  readonly ready: (string | undefined)[]
  readonly broken: string[]
}

/** A part whose entry is `code`; `HERE` is a folder it can write to. */
async function part(code: string): Promise<Heard & { one: Supervised }> {
  const entry = path.join(dir, 'entry.mjs')
  await writeFile(entry, `import fs from 'node:fs'\nconst here = process.env.HERE\n${code}`)
  const heard: Heard = { lines: [], ready: [], broken: [] }
  const one = supervise({
    part: 'worker',
    entry,
    env: () => ({ HERE: dir }),
    output: () => 'inherit',
    say: (line) => heard.lines.push(line),
    onStarted: () => undefined,
    onReady: (url) => heard.ready.push(url),
    onBroken: (reason) => heard.broken.push(reason),
  })
  running.push(one)
  return { ...heard, one }
}

const LIVES = "process.send({ ready: true, url: 'http://127.0.0.1:1' })\nsetInterval(() => undefined, 1000)\n"

test('says when it is ready, and starts again what was killed', async () => {
  const { ready, lines, one } = await part(LIVES)
  await expect.poll(() => ready, { timeout: 10_000 }).toEqual(['http://127.0.0.1:1'])
  const first = one.pid ?? 0
  process.kill(first, 'SIGKILL')
  await expect.poll(() => ready.length, { timeout: 10_000 }).toBe(2)
  expect(one.pid).not.toBe(first)
  expect(lines).toEqual(['The worker ended (killed); it starts again in 0.2 s.'])
})

test('SIGTERM first, SIGKILL for what does not listen', async () => {
  const polite = await part(
    `process.on('SIGTERM', () => { fs.writeFileSync(here + '/stopped', 'yes'); process.exit(0) })\n${LIVES}`,
  )
  await expect.poll(() => polite.ready.length, { timeout: 10_000 }).toBe(1)
  await polite.one.stop(10_000)
  expect(await readFile(path.join(dir, 'stopped'), 'utf8')).toBe('yes')
  const deaf = await part(`process.on('SIGTERM', () => undefined)\n${LIVES}`)
  await expect.poll(() => deaf.ready.length, { timeout: 10_000 }).toBe(1)
  const pid = deaf.one.pid ?? 0
  await deaf.one.stop(200)
  expect(await processStarted(pid)).toBeUndefined()
})

test('a part that a person has to mend is not started again', async () => {
  const { broken } = await part('process.exit(78)')
  await expect.poll(() => broken, { timeout: 10_000 }).toEqual(['The worker cannot run; the reason is above.'])
})

test('a part that never gets ready is given up', async () => {
  const { broken, lines } = await part('process.exit(3)')
  await expect.poll(() => broken, { timeout: 20_000 }).toEqual(['The worker ended 5 times before it was ready.'])
  expect(lines[0]).toBe('The worker ended (status 3); it starts again in 0.2 s.')
})
