import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from './errors.ts'
import { run, runBuffer, toolVersion } from './run.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'run-test-'))
})

afterEach(() => rm(dir, { recursive: true, force: true }))

/** A shell line is the shortest tool that does what a test needs. */
function sh(line: string, options?: Parameters<typeof run>[2]) {
  return run('sh', ['-c', line], options)
}

/** Whether a process runs; one that is dead but not yet collected by init does not. */
async function alive(pid: number): Promise<boolean> {
  const state = await run('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => undefined)
  return state !== undefined && !state.stdout.startsWith('Z')
}

describe('what a tool gets', () => {
  test('arguments as they are, never through a shell', async () => {
    const { stdout } = await run('printf', ['%s|', '$HOME', '`id`', 'a b', '', '*'])
    expect(stdout).toBe('$HOME|`id`|a b||*|')
  })

  test("a short environment of its own, never the parent's", async () => {
    process.env['OPENAI_API_KEY'] = 'sk-should-not-leak'
    const { stdout } = await run('env', [], { workDir: dir, env: { CUDA_VISIBLE_DEVICES: '1' } })
    delete process.env['OPENAI_API_KEY']
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    expect(names.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'CUDA_VISIBLE_DEVICES',
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
    ])
    expect(stdout).toContain(`HOME=${dir}\n`)
  })

  test('low priority, its own process group, and empty stdin', async () => {
    const { stdout } = await sh('nice; ps -o pgid= -p $$; echo $$; cat')
    const [nice, group, pid] = stdout.trim().split(/\s+/)
    expect([Number(nice), group]).toEqual([Math.min(19, getPriority() + 10), pid])
  })

  test('input as text, bytes and stream, and a folder', async () => {
    expect((await sh('cat', { input: 'text' })).stdout).toBe('text')
    expect((await runBuffer('cat', [], { input: Buffer.of(0, 255, 10) })).stdout).toEqual(Buffer.of(0, 255, 10))
    expect((await sh('cat', { input: Readable.from(['a', 'b']) })).stdout).toBe('ab')
    expect((await sh('pwd -P', { cwd: dir })).stdout.trim()).toContain(path.basename(dir))
  })

  test('a tool that does not read its input to the end has not failed', async () => {
    expect((await sh('head -c 1', { input: Buffer.alloc(1_000_000, 'x') })).stdout).toBe('x')
  })
})

describe('failures', () => {
  test('a tool that is not there', async () => {
    await expect(run('no-such-tool', [])).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      data: { command: 'no-such-tool' },
    })
  })

  test('a folder that is not there is not taken for a missing tool', async () => {
    await expect(sh('true', { cwd: path.join(dir, 'gone') })).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('an exit code, with the tail of stderr', async () => {
    const failed = sh('for i in $(seq 2000); do echo "line $i" >&2; done; exit 7')
    const error = (await failed.catch((thrown: unknown) => thrown)) as AppError
    expect(error).toMatchObject({ code: 'TOOL_FAILED', data: { command: 'sh', exitCode: 7 } })
    expect(String(error.data['stderr'])).toMatch(/line 2000$/)
    expect(String(error.data['stderr']).length).toBeLessThanOrEqual(2000)
  })

  test('a signal', async () => {
    await expect(sh('kill -SEGV $$')).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      data: { exitCode: null, signal: 'SIGSEGV' },
    })
  })

  test.skipIf(process.platform !== 'linux')('a full disk', async () => {
    await expect(sh('head -c 1 /dev/zero > /dev/full')).rejects.toMatchObject({
      code: 'DISK_FULL',
      category: 'infrastructure',
    })
    await expect(
      run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=1', '-f', 'wav', '-y', '/dev/full']),
    ).rejects.toMatchObject({
      code: 'DISK_FULL',
    })
  })

  test('more output than allowed', async () => {
    const started = performance.now()
    await expect(sh('yes', { maxOutputBytes: 100_000 })).rejects.toMatchObject({ code: 'TOOL_FAILED' })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('of stderr the tail is kept', async () => {
    const { stderr } = await sh('for i in $(seq 5000); do echo "line $i" >&2; done', { maxOutputBytes: 100 })
    expect(stderr).toHaveLength(100)
    expect(stderr).toMatch(/line 5000\n$/)
  })
})

test('a title that speaks of a full disk is not one', async () => {
  await expect(sh('echo "    title           : No space left on device" >&2')).resolves.toBeDefined()
})

describe('ends early', () => {
  test('on timeout, with everything it started', async () => {
    const started = performance.now()
    const failed = sh('sleep 60 & echo $! > pid; sleep 60', { cwd: dir, timeoutMs: 200 })
    await expect(failed).rejects.toMatchObject({ code: 'TIMEOUT', data: { command: 'sh', timeoutMs: 200 } })
    expect(performance.now() - started).toBeLessThan(2200)
    expect(await alive(Number((await run('cat', ['pid'], { cwd: dir })).stdout))).toBe(false)
  })

  test('on abort within 2 s, even when it ignores being asked', async () => {
    const caller = new AbortController()
    const seen: number[] = []
    const failed = sh('trap "" TERM; sleep 60 & echo $!; wait', {
      signal: caller.signal,
      onLine: (line) => seen.push(Number(line)),
    })
    const ended = expect(failed).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect.poll(() => seen).toHaveLength(1)
    const started = performance.now()
    caller.abort()
    await ended
    expect(performance.now() - started).toBeLessThan(2000)
    expect(await alive(Number(seen[0]))).toBe(false)
  })

  test('before it starts, and with the reason of whoever aborted', async () => {
    const reason = new AppError('TIMEOUT', 'the step took too long')
    await expect(run('no-such-tool', [], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    await expect(sh('sleep 60', { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  test('a tool that leaves something behind that holds its output does not hang us', async () => {
    const started = performance.now()
    const { stdout } = await sh('sleep 60 & echo $!')
    expect(performance.now() - started).toBeLessThan(3000)
    expect(await alive(Number(stdout))).toBe(false)
  })
})

describe('dies with its parent', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s: the tool and what it started', async (signal) => {
    const script = path.join(dir, 'parent.ts')
    const line = `trap "" TERM; sleep 60 & echo $! $$; wait`
    await writeFile(
      script,
      `import { run } from ${JSON.stringify(path.resolve(import.meta.dirname, 'run.ts'))}
       await run('sh', ['-c', ${JSON.stringify(line)}], { onLine: (line) => console.log(process.pid, line) })`,
    )
    const seen: string[] = []
    const parent = run(process.execPath, [script], {
      onLine: (output, stream) => stream === 'stdout' && seen.push(output),
    })
    const ended = expect(parent).rejects.toMatchObject({ code: 'TOOL_FAILED', data: { signal } })
    await expect.poll(() => seen, { timeout: 20_000 }).toHaveLength(1)
    const [pid, ...children] = (seen[0] ?? '').split(' ').map(Number)
    expect(await Promise.all(children.map(alive))).toEqual([true, true])
    process.kill(pid ?? 0, signal)
    await ended
    await expect.poll(() => Promise.all(children.map(alive)), { timeout: 5000 }).toEqual([false, false])
  })
})

test('lines are told as they come, at LF, CR and CRLF, whole letters only', async () => {
  const seen: string[] = []
  const line = String.raw`printf '10%%\r20%%\r\n'; printf '\303'; sleep 0.1; printf '\243 fim\nrest'; printf 'note\n' >&2`
  await sh(line, { onLine: (text, stream) => seen.push(`${stream}: ${text}`) })
  expect(seen.filter((text) => text.startsWith('stdout'))).toEqual([
    'stdout: 10%',
    'stdout: 20%',
    'stdout: ã fim',
    'stdout: rest',
  ])
  expect(seen).toContain('stderr: note')
})

test('versions of tools', async () => {
  expect(await toolVersion('ffmpeg')).toMatch(/^\d+\.\d+/)
  expect(await toolVersion('no-such-tool')).toBeUndefined()
})
