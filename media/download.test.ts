import { createHash } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEgress } from '#core/egress/egress.ts'
import { silentLog } from '#core/log.ts'
import { MEDIA_CAPS } from './caps.ts'
import { download, type DownloadProgress, type DownloadRequest } from './download.ts'
import { make, testWork } from './test-media.ts'

// real tools, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

const BODY = Buffer.alloc(300_000, 'dailies\0')

/** A site on loopback and a way out that may reach it; both end with the test. */
async function site(answer: RequestListener, allowed = true) {
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const egress = await createEgress({ allowPrivateHosts: allowed ? ['127.0.0.1'] : [], trusted: [], log: silentLog })
  onTestFinished(async () => {
    server.closeAllConnections()
    await Promise.all([egress.close(), new Promise((done) => server.close(done))])
  })
  const work = await testWork()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    fetch: (path: string, more: Partial<DownloadRequest> = {}) =>
      download({ ...work, url: url + path, egress, caps: MEDIA_CAPS, retryMs: 1, ...more }),
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('a file behind an address', () => {
  it('comes as it is, with progress, named by its address', async () => {
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': BODY.length }).end(BODY),
    )
    const seen: DownloadProgress[] = []
    const result = await fetch('/films/My%20film.final.mp4?x=1', { onProgress: (progress) => seen.push(progress) })
    expect(result).toMatchObject({ title: 'My film.final', bytes: BODY.length, captions: [] })
    expect(sha256(await readFile(result.path))).toBe(sha256(BODY))
    expect(seen.at(-1)).toMatchObject({ ratio: 1, bytes: BODY.length })
  })

  it('is taken up again where the connection broke, more than once', async () => {
    const ranges: (string | undefined)[] = []
    const { fetch } = await site((request, response) => {
      ranges.push(request.headers.range)
      const from = Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0)
      expect(request.headers['if-range']).toBe(from > 0 ? '"v1"' : undefined)
      const head = {
        'content-type': 'video/mp4',
        etag: '"v1"',
        'accept-ranges': 'bytes',
        'content-length': BODY.length - from,
      }
      response.writeHead(
        from > 0 ? 206 : 200,
        from > 0 ? { ...head, 'content-range': `bytes ${from}-${BODY.length - 1}/${BODY.length}` } : head,
      )
      const until = Math.min(BODY.length, from + 120_000)
      response.write(BODY.subarray(from, until), () => (until < BODY.length ? response.destroy() : response.end()))
    })
    const result = await fetch('/a.mp4')
    expect(sha256(await readFile(result.path))).toBe(sha256(BODY))
    expect(ranges.length).toBeGreaterThanOrEqual(3)
  })

  it('begins again where the file has changed meanwhile', async () => {
    let asked = 0
    const { fetch } = await site((_, response) => {
      asked += 1
      response.writeHead(200, {
        'content-type': 'video/mp4',
        etag: `"v${asked}"`,
        'accept-ranges': 'bytes',
        'content-length': BODY.length,
      })
      if (asked === 1) response.write(Buffer.alloc(1000, 1), () => response.destroy())
      else response.end(BODY)
    })
    expect(sha256(await readFile((await fetch('/a.mp4')).path))).toBe(sha256(BODY))
  })

  it('is given up after five breaks without a byte', async () => {
    let asked = 0
    const { fetch } = await site((_, response) => {
      asked += 1
      response.destroy()
    })
    await expect(fetch('/a.mp4')).rejects.toMatchObject({ code: 'NETWORK' })
    expect(asked).toBeLessThanOrEqual(6)
  })

  it.each([
    [404, 'DEAD_URL'],
    [410, 'DEAD_URL'],
    [500, 'NETWORK'],
    [429, 'NETWORK'],
  ])('answered by %i is %s', async (status, code) => {
    const { fetch } = await site((_, response) => response.writeHead(status, { 'retry-after': '7' }).end())
    await expect(fetch('/a.mp4')).rejects.toMatchObject({
      code,
      data: { status },
      retryAfterMs: status >= 429 ? 7000 : undefined,
    })
  })

  it('where nobody listens is dead', async () => {
    const { fetch } = await site((_, response) => response.end())
    await expect(fetch('', { url: 'http://127.0.0.1:1/a.mp4' })).rejects.toMatchObject({ code: 'DEAD_URL' })
  })

  it('in a private network is refused, also behind a redirect', async () => {
    const { fetch } = await site((_, response) => response.end(BODY), false)
    await expect(fetch('/a.mp4')).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
    const { fetch: follow } = await site((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    )
    await expect(follow('/a.mp4')).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
  })

  it('over the cap is refused by its announced and by its true size', async () => {
    const { fetch } = await site((request, response) => {
      response.writeHead(200, {
        'content-type': 'video/mp4',
        ...(request.url === '/told' ? { 'content-length': 5_000_000_000 } : {}),
      })
      response.write(BODY, () => (request.url === '/told' ? undefined : response.end(BODY)))
    })
    await expect(fetch('/told')).rejects.toMatchObject({
      code: 'TOO_LARGE',
      data: { bytes: 5_000_000_000, maxBytes: MEDIA_CAPS.maxBytes },
    })
    await expect(fetch('/untold', { caps: { ...MEDIA_CAPS, maxBytes: 400_000 } })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    })
  })

  it.each([
    ['by type', 'application/vnd.apple.mpegurl', 'x'],
    ['by content', 'video/mp4', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
    ['an svg', 'image/svg+xml', '<svg/>'],
  ])('that points elsewhere is refused %s', async (_, type, text) => {
    const { fetch } = await site((__, response) => response.writeHead(200, { 'content-type': type }).end(text))
    await expect(fetch('/a.mp4')).rejects.toMatchObject({ code: 'FORBIDDEN_FORMAT' })
  })

  it('without bytes is empty', async () => {
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 0 }).end(),
    )
    await expect(fetch('/a.mp4')).rejects.toMatchObject({ code: 'EMPTY_FILE' })
  })

  it('stops at once when the work is cancelled', async () => {
    const stop = new AbortController()
    const { fetch } = await site((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' })
      response.write(BODY, () => stop.abort())
    })
    await expect(fetch('/a.mp4', { signal: stop.signal })).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('a page, by the real yt-dlp', () => {
  const page = (body: string) => `<!doctype html><html><head><title>A talk</title></head><body>${body}</body></html>`

  it('gives its video through the guarded way out, with title and captions of its own', async () => {
    const scratch = await testWork()
    const film = await make(
      scratch.file('f.mp4'),
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=64x64:d=1',
        '-f',
        'lavfi',
        '-i',
        'sine=d=1',
        '-shortest',
        '-c:v',
        'libx264',
        '-c:a',
        'aac',
      ],
    )
    const bytes = await readFile(film)
    const { fetch } = await site((request, response) => {
      if (request.url?.startsWith('/talk'))
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(page(`<video src="/f.mp4" title="x"><track kind="subtitles" srclang="en" src="/en.vtt"></video>`))
      if (request.url === '/en.vtt')
        return void response
          .writeHead(200, { 'content-type': 'text/vtt' })
          .end('WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n')
      return void response
        .writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes.length })
        .end(request.method === 'HEAD' ? undefined : bytes)
    })
    const result = await fetch('/talk', { language: 'en' })
    expect(result).toMatchObject({
      title: 'A talk',
      bytes: bytes.length,
      captions: [{ language: 'en', automatic: false }],
    })
    expect(sha256(await readFile(result.path))).toBe(sha256(bytes))
    expect(await readFile(result.captions[0]?.path ?? '', 'utf8')).toContain('Hi')
  }, 60_000)

  it('without a video is no media', async () => {
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page('Just words')),
    )
    await expect(fetch('/')).rejects.toMatchObject({ code: 'NOT_MEDIA', data: { found: 'HTML' } })
  }, 60_000)

  it('cannot lead it into a private network', async () => {
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page('<video src="http://10.0.0.1/f.mp4"></video>')),
    )
    await expect(fetch('/')).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
  }, 60_000)

  it('does not let ffmpeg fetch a playlist that yt-dlp cannot', async () => {
    const asked: (string | undefined)[] = []
    const { fetch } = await site((request, response) => {
      asked.push(request.url)
      const playlist = request.url?.endsWith('.m3u8') === true
      const type = playlist ? 'application/vnd.apple.mpegurl' : 'text/html'
      const list = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="/key"\n#EXTINF:9,\n/1.ts\n#EXT-X-ENDLIST\n`
      response.writeHead(200, { 'content-type': type }).end(playlist ? list : page('<video src="/a.m3u8"></video>'))
    })
    await expect(fetch('/talk')).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
    expect(asked).toContain('/a.m3u8')
    expect(asked).not.toContain('/key')
    expect(asked).not.toContain('/1.ts')
  }, 60_000)

  it('needs yt-dlp, and says so', async () => {
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page('')),
    )
    await expect(fetch('/', { ytDlpPath: '/nowhere/yt-dlp' })).rejects.toMatchObject({ code: 'TOOL_MISSING' })
  })
})

describe('what yt-dlp tells', () => {
  /** A tool that answers every question for information like this. */
  async function told(script: string) {
    const work = await testWork()
    const tool = work.file('yt-dlp')
    await writeFile(
      tool,
      `#!/bin/sh\nenv > ${work.file('env')}\ncase "$*" in *--help*) echo " --js-runtimes RUNTIME"; exit;; esac\nprintf '%s\\n' "$@" >> ${work.file('args')}\n${script}\n`,
    )
    await chmod(tool, 0o755)
    const { fetch } = await site((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
    )
    const environment = () => readFile(work.file('env'), 'utf8')
    return {
      environment,
      args: () => readFile(work.file('args'), 'utf8'),
      fetch: () => fetch('/watch?v=1', { ytDlpPath: tool }),
    }
  }

  it.each([
    ['TOO_LONG', { duration: 6 * 3600 }],
    ['TOO_LARGE', { requested_formats: [{ filesize: 4e9 }, { filesize_approx: 1e9 }] }],
    ['SOURCE_REFUSED', { is_live: true }],
    ['NOT_MEDIA', { _type: 'playlist', entries: [] }],
  ])('%s before a byte is loaded', async (code, info) => {
    const { fetch, args } = await told(`echo '${JSON.stringify(info)}'`)
    await expect(fetch()).rejects.toMatchObject({ code })
    expect(await args()).not.toContain('--load-info-json')
  })

  it.each([
    [
      'SOURCE_REFUSED',
      "[youtube] x: Private video. Sign in if you've been granted access",
      { reason: 'Private video' },
    ],
    [
      'SOURCE_REFUSED',
      '[vimeo] 1: This video is not available in your country',
      { reason: 'This video is not available in your country' },
    ],
    ['DEAD_URL', '[generic] Unable to download webpage: HTTP Error 404: Not Found', { status: 404 }],
    ['NOT_MEDIA', 'Unsupported URL: http://a/b', { found: 'HTML' }],
    ['NETWORK', '[youtube] x: Unable to download API page: HTTP Error 503: Busy', {}],
    ['TOOL_FAILED', 'Something new', {}],
  ])('%s: %s', async (code, words, data) => {
    const { fetch } = await told(`echo "WARNING: old" >&2; echo "ERROR: ${words}" >&2; exit 1`)
    await expect(fetch()).rejects.toMatchObject({ code, data })
  })

  it('goes with a list to its first video only, ignores settings of the machine, and runs scripts in Node', async () => {
    const { fetch, args } = await told(`echo '{"title":"x"}'`)
    await expect(fetch()).rejects.toMatchObject({ code: 'NETWORK' })
    const given = (await args()).split('\n')
    expect(given).toEqual(
      expect.arrayContaining([
        '--no-playlist',
        '--ignore-config',
        '--js-runtimes',
        `node:${process.execPath}`,
        '--max-filesize',
      ]),
    )
    expect(given[given.indexOf('--') + 1]).toMatch(/\/watch\?v=1$/u)
  })

  it('gets the way out with its password by the environment, not by arguments that everybody can read', async () => {
    const { fetch, args, environment } = await told(`echo '{"title":"x"}'`)
    await expect(fetch()).rejects.toMatchObject({ code: 'NETWORK' })
    for (const name of ['http_proxy', 'https_proxy', 'all_proxy'])
      expect(await environment()).toMatch(new RegExp(String.raw`^${name}=http://dailies:\w+@127\.0\.0\.1:\d+$`, 'mu'))
    expect(await args()).not.toContain('dailies:')
  })
})
