import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../log.ts'
import { createEgress, type Egress, type EgressOptions } from './egress.ts'
import { type LocalServer, startLocalServer } from './local-server.fixture.ts'

const opened: { close(): Promise<void> }[] = []

async function open(options: Partial<EgressOptions> = {}): Promise<Egress> {
  const egress = await createEgress({ allowPrivateHosts: [], trusted: [], log: silentLog, ...options })
  opened.push(egress)
  return egress
}

async function serve(...args: Parameters<typeof startLocalServer>): Promise<LocalServer> {
  const server = await startLocalServer(...args)
  opened.push(server)
  return server
}

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close()
})

describe('refuses', () => {
  let secret: LocalServer
  beforeEach(async () => {
    secret = await serve((_request, response) => response.end('secret'))
  })

  test.each([
    ['loopback', () => `http://127.0.0.1:${secret.port}/`],
    ['a name that resolves to loopback', () => `http://localhost:${secret.port}/`],
    ['a name with a final dot', () => `http://localhost.:${secret.port}/`],
    ['the unspecified address', () => `http://0.0.0.0:${secret.port}/`],
    ['a decimal address', () => `http://2130706433:${secret.port}/`],
    ['an octal address', () => `http://0177.0.0.1:${secret.port}/`],
    ['a short address', () => `http://127.1:${secret.port}/`],
    ['IPv6 loopback', () => `http://[::1]:${secret.port}/`],
    ['IPv4 mapped into IPv6', () => `http://[::ffff:127.0.0.1]:${secret.port}/`],
    ['NAT64', () => `http://[64:ff9b::7f00:1]:${secret.port}/`],
    ['the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
    ['carrier-grade NAT', () => 'http://100.64.0.1/'],
    ['a private range', () => 'http://192.168.0.1/'],
    ['credentials before the host', () => `http://example.org@127.0.0.1:${secret.port}/`],
  ])('%s', async (_what, url) => {
    const egress = await open()
    await expect(egress.fetch(url())).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
    expect(secret.asked).toEqual([])
  })

  test('a redirect into the private network, after an allowed hop', async () => {
    const front = await serve((_request, response) =>
      response.writeHead(302, { location: `http://localhost:${secret.port}/` }).end(),
    )
    const egress = await open({ allowPrivateHosts: [`127.0.0.1:${front.port}`] })
    await expect(egress.fetch(`${front.origin}/`)).rejects.toMatchObject({
      code: 'PRIVATE_ADDRESS',
      data: { host: 'localhost' },
    })
    expect(front.asked).toEqual(['GET /'])
    expect(secret.asked).toEqual([])
  })

  test('other protocols than http and https', async () => {
    const egress = await open()
    for (const url of ['file:///etc/passwd', 'data:text/plain,x', 'ftp://example.org/', 'not a url']) {
      await expect(egress.fetch(url)).rejects.toMatchObject({ code: 'DEAD_URL' })
    }
  })

  test('a redirect to another protocol', async () => {
    const front = await serve((_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
    await expect(egress.fetch(front.origin)).rejects.toMatchObject({ code: 'DEAD_URL' })
  })
})

describe('allows', () => {
  test('a trusted base URL for that exact port only', async () => {
    const [model, other] = [
      await serve((_request, response) => response.end('model')),
      await serve((_request, response) => response.end('no')),
    ]
    const egress = await open({ trusted: [`localhost:${model.port}`] })
    const answer = await egress.fetch(`http://localhost:${model.port}/api`)
    expect(await answer.text()).toBe('model')
    await expect(egress.fetch(`http://localhost:${other.port}/`)).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
    await expect(egress.fetch(`http://127.0.0.1:${model.port}/`)).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
  })

  test('a configured range, also over a redirect', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: '/there' }).end()
      else response.end('here')
    })
    const egress = await open({ allowPrivateHosts: ['127.0.0.0/8'] })
    const answer = await egress.fetch(server.origin)
    expect([await answer.text(), answer.url, answer.redirected]).toEqual(['here', `${server.origin}/there`, true])
  })
})

test('connects to the address that was checked: a name that changes its answer changes nothing', async () => {
  const server = await serve((request, response) => response.end(request.socket.localAddress))
  const answers = [['127.0.0.2'], ['127.0.0.3']]
  const egress = await open({ allowPrivateHosts: ['127.0.0.2/32'], lookup: async () => answers.shift() ?? [] })
  const answer = await egress.fetch(`http://rebinding.test:${server.port}/`)
  expect(await answer.text()).toBe('127.0.0.2')
  expect(answers).toHaveLength(1)
})

test('leaves out private addresses among several', async () => {
  const server = await serve((request, response) => response.end(request.socket.localAddress))
  const egress = await open({ allowPrivateHosts: ['127.0.0.2/32'], lookup: async () => ['127.0.0.1', '127.0.0.2'] })
  expect(await (await egress.fetch(`http://mixed.test:${server.port}/`)).text()).toBe('127.0.0.2')
})

test('tries the next address when one is dead', async () => {
  const server = await startLocalServer((request, response) => response.end(request.headers.host))
  opened.push(server)
  // nothing listens on IPv6 here
  const egress = await open({ allowPrivateHosts: ['127.0.0.1', '::1'], lookup: async () => ['::1', '127.0.0.1'] })
  expect(await (await egress.fetch(`http://two.test:${server.port}/`)).text()).toBe(`two.test:${server.port}`)
})

describe('caps', () => {
  test('an answer that declares too many bytes', async () => {
    const server = await serve((_request, response) => response.end(Buffer.alloc(2000)))
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'], maxBytes: 1000 })
    await expect(egress.fetch(server.origin)).rejects.toMatchObject({ code: 'TOO_LARGE', data: { maxBytes: 1000 } })
  })

  test('an answer that does not declare them', async () => {
    const server = await serve((_request, response) => {
      response.write(Buffer.alloc(800))
      response.end(Buffer.alloc(800))
    })
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'], maxBytes: 1000 })
    const answer = await egress.fetch(server.origin)
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  test('an answer that grows when it is unpacked', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))),
    )
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'], maxBytes: 100_000 })
    const answer = await egress.fetch(server.origin)
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  test('an answer that never ends', async () => {
    const server = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 300 })
    const answer = await egress.fetch(server.origin)
    await expect(answer.text()).rejects.toMatchObject({ code: 'TIMEOUT', data: { timeoutMs: 300 } })
  })

  test('silence in the middle of an answer', async () => {
    const server = await serve((_request, response) => response.write('x'))
    const egress = await open({ allowPrivateHosts: ['127.0.0.1'], idleMs: 200 })
    const answer = await egress.fetch(server.origin)
    await expect(answer.text()).rejects.toMatchObject({ code: 'TIMEOUT' })
  })
})

test('a connection that breaks off in the middle is a network error', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x')
    setTimeout(() => response.destroy(), 20)
  })
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  const answer = await egress.fetch(server.origin)
  await expect(answer.text()).rejects.toMatchObject({ code: 'NETWORK' })
})

test('a port where nobody listens is a dead link', async () => {
  const gone = await startLocalServer(() => undefined)
  await gone.close()
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  await expect(egress.fetch(gone.origin)).rejects.toMatchObject({
    code: 'DEAD_URL',
    data: { host: `127.0.0.1:${gone.port}` },
  })
})

test("the caller's abort stays the caller's", async () => {
  const server = await serve(() => undefined)
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  const caller = new AbortController()
  const pending = egress.fetch(server.origin, { signal: caller.signal })
  await expect.poll(() => server.asked).toHaveLength(1)
  caller.abort()
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
})

test('credentials in an address are sent as a header', async () => {
  const server = await serve((request, response) => response.end(request.headers.authorization))
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  const answer = await egress.fetch(`http://ann:p%40ss@127.0.0.1:${server.port}/`)
  expect(await answer.text()).toBe(`Basic ${Buffer.from('ann:p@ss').toString('base64')}`)
})

test('forms, headers and request objects arrive as with the global fetch', async () => {
  const bodies: string[] = []
  const server = await serve((request, response) => {
    let text = `${request.headers['x-mark'] as string} ${request.headers['content-type'] as string}\n`
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      bodies.push(text)
      response.writeHead(204).end()
    })
  })
  const egress = await open({ allowPrivateHosts: ['127.0.0.1'] })
  const form = new FormData()
  form.append('model', 'whisper')
  form.append('file', new File(['sound'], 'a.wav', { type: 'audio/wav' }))
  const answer = await egress.fetch(server.origin, {
    method: 'POST',
    body: form,
    headers: new Headers({ 'x-mark': 'one' }),
  })
  expect(answer.status).toBe(204)
  await egress.fetch(new Request(server.origin, { method: 'POST', body: 'plain', headers: { 'x-mark': 'two' } }))
  expect(bodies[0]).toMatch(/^one multipart\/form-data; boundary=/)
  expect(bodies[0]).toContain('name="file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\nsound')
  expect(bodies[1]).toMatch(/^two .*\nplain$/)
})
