import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStarted } from '#core/database/server-process.ts'
import { claimFolder } from './claim-folder.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-claim-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('one launcher a folder; the second is told where the room is', async () => {
  const claim = await claimFolder(dir)
  await claim.note({ url: 'http://127.0.0.1:7420', pids: [] })
  await expect(claimFolder(dir)).rejects.toThrow('This studio runs already: http://127.0.0.1:7420')
  await claim.release()
  await (await claimFolder(dir)).release()
})

test('waits for what a killed launcher left behind', async () => {
  const left = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 700)'], { stdio: 'ignore' })
  const started = await processStarted(left.pid ?? 0)
  await writeFile(
    path.join(dir, 'studio.json'),
    JSON.stringify({ launcher: { pid: 999_999_999, started: '1' }, children: [{ pid: left.pid, started }] }),
  )
  const exit = once(left, 'exit')
  const claim = await claimFolder(dir)
  expect(await processStarted(left.pid ?? 0)).toBeUndefined()
  await exit
  await claim.release()
})

test('a note that was cut short holds nobody up', async () => {
  await writeFile(path.join(dir, 'studio.json'), '{"launcher":')
  await (await claimFolder(dir)).release()
})
