import path from 'node:path'
import { expect, test } from 'vitest'
import { redact } from './redact.ts'
import { run } from './run.ts'

/** Runs lines of code with a `log` in a process of its own, and reads what it logged. */
async function logged(code: string, to = 'stdout'): Promise<Record<string, unknown>[]> {
  const module = (name: string) => JSON.stringify(path.resolve(import.meta.dirname, name))
  const script = `
    import { createLog } from ${module('log.ts')}
    import { AppError } from ${module('errors.ts')}
    const log = createLog({ name: 'test', level: 'info', to: '${to}' })
    ${code}`
  const output = await run(process.execPath, ['--input-type=module-typescript', '-e', script])
  return output[to as 'stdout']
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('a line is JSON with its level as a word, and what was bound', async () => {
  const [line, ...more] = await logged(
    `log.debug('no'); log.child({ project: 'prj_1', step: 'stp_1' }).info({ ms: 5 }, 'step done')`,
  )
  expect(line).toMatchObject({ level: 'info', name: 'test', project: 'prj_1', step: 'stp_1', ms: 5, msg: 'step done' })
  expect(more).toEqual([])
})

test('tools log to stderr', async () => {
  expect(await logged(`log.info('hello')`, 'stderr')).toMatchObject([{ msg: 'hello' }])
})

test('an error is told with code, values and causes; a bare one too', async () => {
  const [line, bare] = await logged(`
    const error = new AppError('TIMEOUT', 'slow', { cause: new Error('socket'), data: { timeoutMs: 5 } })
    log.warn({ err: error }, 'step failed')
    log.error(new Error('https://u:hunter2@host/'))`)
  expect(line).toMatchObject({
    err: { type: 'AppError', code: 'TIMEOUT', message: 'slow', data: { timeoutMs: 5 }, cause: { message: 'socket' } },
  })
  expect(JSON.stringify(bare)).not.toContain('hunter2')
  expect(bare).toMatchObject({ level: 'error', msg: 'https://[secret]@host/' })
})

test('secrets are never written, whatever they hide in', async () => {
  const lines = await logged(`
    log.info({ apiKey: 'hunter2', headers: { Authorization: 'Bearer hunter2', cookie: 'sid=hunter2' }, OPENAI_API_KEY: 'hunter2' }, 'a')
    log.info({ url: 'https://api.telegram.org/bot123456:AAhunter2hunter2hunter2xyz/getMe', list: ['Bearer hunter2hunter2'] }, 'b')
    log.info({ err: Object.assign(new Error('GET https://x.org/?api_key=hunter2&a=1'), { config: { roomPassword: 'hunter2' } }) }, 'c')
    log.info('postgres://studio:hunter2@db/dailies')`)
  expect(lines).toHaveLength(4)
  expect(JSON.stringify(lines)).not.toContain('hunter2')
})

test('what only sounds like a secret stays', () => {
  const entry = { key: 'status', fanKey: 'pt-BR', tokensIn: 12, tokensOut: 3, reuseKey: 'abc', monkey: 1 }
  expect(redact(entry)).toEqual(entry)
})

test('large and circular things do not blow up the log', () => {
  const circular: Record<string, unknown> = { bytes: Buffer.alloc(5000), big: 12n }
  circular['self'] = circular
  expect(JSON.stringify(redact(circular)).length).toBeLessThan(1000)
  expect(redact(circular)).toMatchObject({ bytes: '[5000 bytes]', big: '12' })
})
