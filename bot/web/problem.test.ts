import fastify from 'fastify'
import { expect, test } from 'vitest'
import { AppError } from '#core/errors.ts'
import { room as english } from '#core/words/en/room.ts'
import { translator } from '#core/words/index.ts'
import { VERBS } from '#domain/card.ts'
import { sendProblem } from './problem.ts'

async function told(error: AppError, locale = 'en'): Promise<{ status: number; body: Record<string, unknown> }> {
  const app = fastify()
  app.get('/', (_request, reply) => sendProblem(reply, error, translator(locale)))
  const response = await app.inject('/')
  await app.close()
  return { status: response.statusCode, body: response.json() }
}

test.each([
  ['approved', 'approve'],
  ['rejected', 'reject'],
  ['applied', 'apply'],
  ['discarded', 'discard'],
  ['choose', 'choose'],
])('what was %s is told as the verb %s', async (decision, verb) => {
  const data = { by: 'Rita', memberId: 'mbr_1', decision }
  expect(await told(new AppError('ALREADY_DECIDED', 'x', { data }))).toMatchObject({
    status: 409,
    body: { code: 'ALREADY_DECIDED', by: 'Rita', decision: verb, detail: expect.stringContaining('Rita') },
  })
})

test('the page has a word for whatever somebody else may have done first', () => {
  expect(Object.keys(english.page.verbs).toSorted()).toEqual([...VERBS].toSorted())
})
