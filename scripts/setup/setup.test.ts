import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const SETUP = import.meta.dirname
const PROJECT = path.join(SETUP, '..', '..')

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-setup-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** Runs a line of JavaScript with a set-up module as `m`, in an environment of its own. */
async function evaluate(
  module: string,
  code: string,
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string; status: number }> {
  const script = `import('${path.join(SETUP, module)}').then(async (m) => { ${code} }).catch((error) => { console.error(error.message); process.exit(1) })`
  try {
    return { ...(await run(process.execPath, ['-e', script], { env: { HOME: dir, ...env } })), status: 0 }
  } catch (error) {
    const { stdout, stderr, code: status } = error as { stdout: string; stderr: string; code: number }
    return { stdout, stderr, status }
  }
}

test('the lock names every package that npm ci looks for, also those of other platforms', async () => {
  const { packages } = JSON.parse(await readFile(path.join(PROJECT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>
  }
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`]?.version && !packages[`${at}/node_modules/${name}`]?.version,
    ),
  )
  expect(missing).toEqual([])
})

test('an installed clone is ready within a moment and does nothing', async () => {
  const begun = Date.now()
  const { stdout, status } = await evaluate('prepare.mjs', 'await m.prepare({ tools: false })')
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  expect(Date.now() - begun).toBeLessThan(3_000)
})

describe('system tools', () => {
  /** A PATH with nothing but the named commands, which note how they were called. */
  async function commandsIn(commands: Record<string, string>): Promise<string> {
    const bin = path.join(dir, 'bin')
    await mkdir(bin)
    for (const [name, body] of Object.entries(commands)) {
      await writeFile(path.join(bin, name), `#!/bin/sh\necho "${name} $*" >> ${dir}/calls\n${body}\n`)
      await chmod(path.join(bin, name), 0o755)
    }
    return bin
  }

  test('as an ordinary user, missing tools are one command to type', async () => {
    const bin = await commandsIn({ 'apt-get': 'exit 9' })
    const { stderr, status } = await evaluate(
      'tools.mjs',
      'process.getuid = () => 1000; await m.ensureTools({ tests: false })',
      { PATH: bin },
    )
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ffmpeg yt-dlp espeak-ng .*'/,
    )
    expect(stderr).not.toContain('redis-server')
    await expect(readFile(path.join(dir, 'calls'), 'utf8')).rejects.toThrow()
  })

  test('as root, apt installs what is missing, also what tests need when they are run', async () => {
    const there = [
      'dpkg',
      'curl',
      'ps',
      'ffmpeg',
      'ffprobe',
      'yt-dlp',
      'espeak-ng',
      'apertium',
      'pocketsphinx_batch',
      'chromium',
    ]
    const bin = await commandsIn({
      'apt-get': `if [ "$1" = install ]; then for t in flite redis-server; do printf '#!/bin/sh\\n' > ${dir}/bin/$t; /bin/chmod +x ${dir}/bin/$t; done; fi`,
      ...Object.fromEntries(there.map((name) => [name, 'exit 0'])),
    })
    const { status } = await evaluate(
      'tools.mjs',
      'process.getuid = () => 0; const options = { tests: true, stamp: process.env.STAMP }; await m.ensureTools(options); if (m.missingTools(options).length) process.exit(5)',
      {
        PATH: bin,
        STAMP: path.join(dir, 'stamp.json'),
      },
    )
    expect(status).toBe(0)
    const calls = (await readFile(path.join(dir, 'calls'), 'utf8')).trim().split('\n')
    expect(calls.slice(0, 2)).toEqual(['dpkg --configure -a', 'apt-get update -qq'])
    expect(calls[2]).toMatch(/^apt-get install -y -qq --no-install-recommends .*flite.*redis-server/)
    expect(calls).toHaveLength(3)
  })
})

describe('the official yt-dlp', () => {
  const program = Buffer.from('#!/bin/sh\necho 2026.11.01\n')

  async function releases(sum: string): Promise<{ url: string; close: () => void }> {
    const server = createServer((request, response) => {
      if (request.url === '/SHA2-256SUMS')
        response.end(
          ['yt-dlp_linux', 'yt-dlp_linux_aarch64', 'yt-dlp_macos'].map((name) => `${sum}  ${name}\n`).join(''),
        )
      else response.end(program)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no address')
    return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() }
  }

  test('is taken when its checksum is right', async () => {
    const server = await releases(createHash('sha256').update(program).digest('hex'))
    const target = path.join(dir, 'bin', 'yt-dlp')
    const { status } = await evaluate('yt-dlp.mjs', `await m.fetchYtDlp('${target}', '${server.url}')`)
    server.close()
    expect(status).toBe(0)
    expect((await run(target)).stdout.trim()).toBe('2026.11.01')
  })

  test('is refused when it is not what its checksum says, and when nothing answers', async () => {
    const server = await releases('0'.repeat(64))
    const target = path.join(dir, 'yt-dlp')
    const wrong = await evaluate('yt-dlp.mjs', `await m.fetchYtDlp('${target}', '${server.url}')`)
    server.close()
    expect(wrong.stderr).toContain('not what its checksum says')
    const away = await evaluate('yt-dlp.mjs', `await m.fetchYtDlp('${target}', 'http://127.0.0.1:9')`)
    expect(away.stderr).toContain('cannot be reached')
    await expect(stat(target)).rejects.toThrow()
  })

  test('is old after 60 days', async () => {
    const { stdout } = await evaluate(
      'yt-dlp.mjs',
      "console.log(m.releaseAgeDays('2026.09.21', Date.UTC(2026, 10, 21)), m.releaseAgeDays('nightly'))",
    )
    expect(stdout.trim()).toBe('61 undefined')
  })
})

test('doctor tells what is there and ends well, whatever is missing', async () => {
  await mkdir(path.join(dir, 'bin'))
  await symlink('/bin/sh', path.join(dir, 'bin', 'sh'))
  const { stdout } = await run(process.execPath, [path.join(PROJECT, 'scripts', 'doctor.mjs')], {
    env: { PATH: path.join(dir, 'bin'), OPENAI_API_KEY: 'sk-very-secret' },
  })
  expect(stdout).toMatch(/✗ {2}ffmpeg +missing +everything that touches sound or picture/)
  expect(stdout).toContain('missing: ffmpeg, ffprobe, yt-dlp')
  expect(stdout).toContain("Install them with this system's package manager")
  expect(stdout).toMatch(/✓ {2}OPENAI_API_KEY +set/)
  expect(stdout).not.toContain('sk-very-secret')
})

test('of two set-ups at once the second waits; a dead one holds nobody up', async () => {
  const lock = path.join(dir, 'setup.lock')
  const hold = `import('${SETUP}/lock.mjs').then((m) => m.withSetupLock(() => new Promise((done) => { console.log('held'); setTimeout(done, 60_000) }), '${lock}'))`
  const holder = spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(holder.stdout, 'data')
  const waiting = evaluate('lock.mjs', `await m.withSetupLock(async () => console.log('mine'), '${lock}')`)
  expect(await readFile(lock, 'utf8')).toMatch(new RegExp(`^${holder.pid}:\\S+$`))
  holder.kill('SIGKILL')
  expect((await waiting).stdout).toContain('mine')
  await expect(stat(lock)).rejects.toThrow()
})

test('a lock whose pid another process has now holds nobody up, nor one that nobody signed', async () => {
  const lock = path.join(dir, 'setup.lock')
  const take = () => evaluate('lock.mjs', `await m.withSetupLock(async () => console.log('mine'), '${lock}')`)
  await writeFile(lock, `${process.pid}:1`)
  expect((await take()).stdout).toContain('mine')
  await writeFile(lock, '999999999:undefined')
  expect((await take()).stdout).toContain('mine')
  await writeFile(lock, '')
  await utimes(lock, new Date(), new Date(Date.now() - 60_000))
  expect((await take()).stdout).toContain('mine')
})

test('a command that hears nothing else is killed when set-up is stopped', async () => {
  const deaf = `import('${SETUP}/run-visibly.mjs').then((m) => m.runVisibly('sh', ['-c', 'trap "" INT TERM; echo $$; exec sleep 60'], { stopSignal: 'SIGKILL' })).catch((error) => { console.error(error.message); process.exit(1) })`
  const setup = spawn(process.execPath, ['-e', deaf], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [line] = (await once(setup.stdout, 'data')) as [Buffer]
  const ended = once(setup, 'exit')
  setup.kill('SIGINT')
  expect((await ended)[0]).toBe(1)
  expect(isAlive(Number(line.toString()))).toBe(false)
})

test('a set-up that is stopped stops its command; one that is killed leaves the lock to its command', async () => {
  const lock = path.join(dir, 'setup.lock')
  const work = `import('${SETUP}/lock.mjs').then(async (m) => { const { runVisibly } = await import('${SETUP}/run-visibly.mjs'); await m.withSetupLock(() => runVisibly('sh', ['-c', 'echo $$; exec sleep 60']), '${lock}') }).catch((error) => { console.error(error.message); process.exit(1) })`
  const begin = async () => {
    const setup = spawn(process.execPath, ['-e', work], { stdio: ['ignore', 'pipe', 'pipe'] })
    const [line] = (await once(setup.stdout, 'data')) as [Buffer]
    const command = Number(line.toString())
    await expect.poll(() => readFile(lock, 'utf8')).toMatch(new RegExp(`^${setup.pid}:\\S+ ${command}:\\S+$`))
    return { setup, command }
  }
  const stopped = await begin()
  const said = once(stopped.setup.stderr, 'data') as Promise<[Buffer]>
  stopped.setup.kill('SIGTERM')
  expect((await said)[0].toString()).toContain('Set-up was stopped')
  await expect.poll(() => isAlive(stopped.command)).toBe(false)

  const killed = await begin()
  killed.setup.kill('SIGKILL')
  await once(killed.setup, 'exit')
  const next = evaluate('lock.mjs', `await m.withSetupLock(async () => console.log('mine'), '${lock}')`)
  expect(
    await Promise.race([
      next.then((it) => JSON.stringify(it)),
      new Promise((done) => setTimeout(done, 1_000, 'waits')),
    ]),
  ).toBe('waits')
  process.kill(killed.command)
  expect((await next).stdout).toContain('mine')
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
