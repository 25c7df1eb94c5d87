import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface TestRedis {
  readonly url: string
  stop(): Promise<void>
}

/** A Redis of its own on a free port, with nothing kept on disk. Dies with the test's process. */
export async function testRedis(): Promise<TestRedis> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start(await freePort())
    } catch (error) {
      // another test may have taken the port in between
      if (attempt === 4) throw error
    }
  }
}

async function start(port: number): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'dailies-test-redis-'))
  const settings = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
    '--dir',
    dir,
  ]
  const [command, ...args] =
    process.platform === 'linux'
      ? ['setpriv', '--pdeathsig', 'KILL', 'redis-server', ...settings]
      : ['redis-server', ...settings]
  const child = spawn(command ?? 'redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
    await rm(dir, { recursive: true, force: true })
  }
  const ready = (async () => {
    for await (const line of createInterface(child.stdout))
      if (line.includes('Ready to accept connections')) return true
    return false
  })()
  if (!(await ready)) {
    await stop()
    throw new Error(`redis-server does not start on port ${port}`)
  }
  child.stdout.resume()
  return { url: `redis://127.0.0.1:${port}`, stop }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
