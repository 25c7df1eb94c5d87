import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

let room: TestRoom
beforeEach(async () => {
  room = await startTestRoom()
})
afterEach(() => room.stop())

async function localeFor(acceptLanguage: string | undefined): Promise<unknown> {
  const headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }
  const me = (await (await room.call('GET', '/room/me', undefined, headers)).json()) as { locale: unknown }
  return me.locale
}

test('a workspace speaks the language of the first admin’s browser, for everybody, until it is set', async () => {
  expect(await localeFor('pt-BR,pt;q=0.9,en;q=0.8')).toBe('pt-BR')
  expect(await localeFor('en-US')).toBe('pt-BR')
  const said = await room.call('POST', '/room/messages', { text: '/settings set language en' })
  expect(said.status).toBe(202)
  expect(await localeFor('pt-BR')).toBe('en')
})

test('a script that says nothing, or anything, gets English', async () => {
  expect(await localeFor('*')).toBe('en')
  expect(await localeFor(undefined)).toBe('en')
})
