import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../log.ts'
import { run } from '../run.ts'
import { createEgress, type Egress, type EgressOptions } from './egress.ts'
import { startLocalServer } from './local-server.fixture.ts'

const opened: { close(): Promise<void> }[] = []
let workDir: string

beforeEach(async () => {
  workDir = await mkdtemp(path.join(tmpdir(), 'proxy-test-'))
})

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
  await rm(workDir, { recursive: true })
})

async function open(options: Partial<EgressOptions> = {}): Promise<Egress> {
  const egress = await createEgress({ allowPrivateHosts: [], trusted: [], log: silentLog, ...options })
  opened.push(egress)
  return egress
}

async function serve(...args: Parameters<typeof startLocalServer>) {
  const server = await startLocalServer(...args)
  opened.push(server)
  return server
}

/** curl over the proxy; `-p` makes a tunnel even for http. Exit code and status instead of an error. */
async function curl(egress: Egress, ...args: string[]) {
  const base = [
    '-sS',
    '--noproxy',
    '',
    '--proxy',
    egress.proxyUrl,
    '-w',
    '\n%{http_code} %{http_connect}',
    '--max-time',
    '20',
  ]
  try {
    const { stdout } = await run('curl', [...base, ...args], { workDir })
    return { exitCode: 0, stdout, stderr: '' }
  } catch (error) {
    const { exitCode, stderr } = (error as { data: { exitCode: number; stderr: string } }).data
    return { exitCode, stdout: '', stderr }
  }
}

test('fetches what is allowed: plain and by tunnel', async () => {
  const server = await serve((request, response) =>
    response.end(`${request.url} ${request.headers.host} ${request.headers['proxy-authorization'] ?? 'no'}`),
  )
  const egress = await open({ allowPrivateHosts: [`127.0.0.1:${server.port}`] })
  const expected = `/a?b=1 127.0.0.1:${server.port} no`
  expect(await curl(egress, `${server.origin}/a?b=1`)).toMatchObject({ stdout: `${expected}\n200 000` })
  expect(await curl(egress, '-p', `${server.origin}/a?b=1`)).toMatchObject({ stdout: `${expected}\n200 200` })
})

test('refuses private addresses: plain, by tunnel, and as a name', async () => {
  const server = await serve((_request, response) => response.end('secret'))
  const egress = await open()
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '0.0.0.0']) {
    const plain = await curl(egress, `http://${host}:${server.port}/`)
    expect(plain).toMatchObject({ stdout: 'PRIVATE_ADDRESS\n\n403 000' })
    const tunnel = await curl(egress, '-p', `http://${host}:${server.port}/`)
    expect(tunnel.exitCode).not.toBe(0)
    expect(tunnel.stderr).toContain('403')
  }
  expect(await curl(egress, 'http://169.254.169.254/latest/meta-data/')).toMatchObject({
    stdout: 'PRIVATE_ADDRESS\n\n403 000',
  })
  expect(server.asked).toEqual([])
})

test('refuses the second hop of a redirect', async () => {
  const secret = await serve((_request, response) => response.end('secret'))
  const front = await serve((_request, response) =>
    response.writeHead(302, { location: `http://localhost:${secret.port}/` }).end(),
  )
  const egress = await open({ allowPrivateHosts: [`127.0.0.1:${front.port}`] })
  expect(await curl(egress, '-L', front.origin)).toMatchObject({ stdout: 'PRIVATE_ADDRESS\n\n403 000' })
  expect((await curl(egress, '-L', '-p', front.origin)).stderr).toContain('403')
  expect(secret.asked).toEqual([])
})

test('resolves once and connects to what was checked', async () => {
  const server = await serve((request, response) => response.end(request.socket.localAddress))
  const answers = [['127.0.0.2'], ['127.0.0.3'], ['127.0.0.2'], ['127.0.0.3']]
  const egress = await open({ allowPrivateHosts: ['127.0.0.2/32'], lookup: async () => answers.shift() ?? [] })
  const url = `http://rebinding.test:${server.port}/`
  expect((await curl(egress, url)).stdout).toBe('127.0.0.2\n200 000')
  answers.shift()
  expect((await curl(egress, '-p', url)).stdout).toBe('127.0.0.2\n200 200')
  expect(answers).toHaveLength(1)
})

test('wants its password', async () => {
  const server = await serve((_request, response) => response.end('x'))
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  const stranger = { ...egress, proxyUrl: egress.proxyUrl.replace(/:\w+@/, ':wrong@') }
  expect((await curl(stranger, server.origin)).stdout).toBe('\n407 000')
  expect((await curl(stranger, '-p', server.origin)).stderr).toContain('407')
  expect(server.asked).toEqual([])
})

test('cuts what is too large', async () => {
  const server = await serve((_request, response) => response.end(Buffer.alloc(3_000_000)))
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'], maxBytes: 1_000_000 })
  expect((await curl(egress, '-o', '/dev/null', server.origin)).exitCode).toBe(18)
  expect((await curl(egress, '-o', '/dev/null', '-p', server.origin)).exitCode).not.toBe(0)
})

test('cuts what takes too long, and what goes silent', async () => {
  const drips = await serve((_request, response) => {
    const drip = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const silent = await serve(() => undefined)
  const slow = await open({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 300 })
  expect((await curl(slow, drips.origin)).exitCode).not.toBe(0)
  expect((await curl(slow, '-p', drips.origin)).exitCode).not.toBe(0)
  const quiet = await open({ allowPrivateHosts: ['127.0.0.1'], idleMs: 300 })
  expect((await curl(quiet, silent.origin)).stdout).toBe('TIMEOUT\n\n504 000')
  expect((await curl(quiet, '-p', silent.origin)).exitCode).not.toBe(0)
})

test('tells a dead link from a refusal', async () => {
  const gone = await startLocalServer(() => undefined)
  await gone.close()
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  expect((await curl(egress, gone.origin)).stdout).toBe('DEAD_URL\n\n502 000')
  expect((await curl(egress, 'ftp://example.org/x')).stdout).toContain('502')
})

test('yt-dlp repeats the refusal in its own words', async () => {
  const egress = await open()
  const refused = run(
    'yt-dlp',
    ['--ignore-config', '--proxy', egress.proxyUrl, '--retries', '0', '--', 'http://localhost:9/video.mp4'],
    { workDir },
  )
  await expect(refused).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    data: { stderr: expect.stringContaining('PRIVATE_ADDRESS') },
  })
})

test('closes while a download runs', async () => {
  const server = await serve((_request, response) => response.write('x'))
  const egress = await createEgress({ allowPrivateHosts: ['127.0.0.1'], trusted: [], log: silentLog })
  const pending = curl(egress, '-p', server.origin)
  await expect.poll(() => server.asked).toHaveLength(1)
  await egress.close()
  expect((await pending).exitCode).not.toBe(0)
})
