import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actions } from '#commands/actions/index.ts'
import type { Action } from '#commands/define.ts'
import { commands } from '#commands/index.ts'
import { parseArgs } from '#commands/parse-args.ts'
import { parseCommand } from '#commands/parse.ts'
import { LOCALES, translator } from '#core/words/index.ts'
import type { Card, Intent, Reply } from '#domain/card.ts'
import { failed, finished, waitingTranscript } from '#test/builders/productions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'

let db: TestDatabase
let bench: Bench
let crew: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
  await waitingTranscript(bench, crew)
  await failed(bench, crew)
  await finished(bench, crew)
  const details = {
    draft: true,
    local: true,
    rank: { quality: 1, speed: 1 },
    secrets: ['OPENAI_API_KEY'],
    voices: [{ id: 'es', name: 'Spanish', languages: ['es'] }],
  }
  const entry = { workspaceId: '', details }
  await db.database.prisma.catalogue.createMany({
    data: [
      { ...entry, capability: 'speech', provider: 'espeak', available: true },
      { ...entry, capability: 'text', provider: 'openai', available: false },
    ],
  })
}, 60_000)
afterAll(async () => {
  await bench.close()
  await db.drop()
})

async function answer(text: string, locale = 'en'): Promise<Reply> {
  const t = translator(locale)
  const ctx = { ...crew.command(), t, member: { ...crew.context().member, locale } }
  const parsed = parseCommand(text, commands, t)
  return parsed.verb.run(parseArgs(parsed, t), ctx)
}

async function card(text: string, locale = 'en'): Promise<Card> {
  const reply = await answer(text, locale)
  if (reply.kind !== 'card') throw new Error(`${text} opened a thread`)
  return reply.card
}

function words(shown: Card): string {
  const fields = (shown.fields ?? []).flatMap(({ name, value }) => [name, value])
  const labels = [...(shown.buttons ?? []).map(({ label }) => label), shown.select?.label, shown.form?.label]
  return [shown.title, shown.text, ...fields, ...labels].filter((text) => text !== undefined).join('\n')
}

function intents(shown: Card): Intent[] {
  return [
    ...(shown.buttons ?? []).map(({ intent }) => intent),
    ...(shown.select ? [shown.select.intent] : []),
    ...(shown.form ? [shown.form.intent] : []),
  ]
}

const ASKED = [
  '/help',
  ...commands.map(({ name }) => `/help ${name}`),
  '/inbox',
  '/queue',
  '/project list',
  '/project list nothing-like-it',
  '/project show 1',
  '/project show 2',
  '/project show 3',
  '/project files 3',
  '/project delete 1',
  '/providers',
  '/providers text',
  '/settings',
  '/settings keys',
  '/team list',
  '/team remove crew-member',
  '/voices',
  '/voices es',
  '/voices language:fr',
]

describe.each(LOCALES)('in %s', (locale) => {
  test.each(ASKED)('%s answers in words: no key and no gap', async (text) => {
    const shown = await card(text, locale)
    expect(words(shown)).not.toMatch(/\b(?:commands|settings|stages|actions|cards|errors|providers)\.[a-z]/iu)
    expect(words(shown)).not.toMatch(/\{\{|\}\}|undefined|NaN|\[object/u)
    expect(words(shown).length).toBeGreaterThan(10)
  })
})

test('what is offered can be done: every button, select and form has an action and asks no more than it needs', async () => {
  const known = new Map((actions as readonly Action[]).map((action) => [action.name, action]))
  for (const text of ASKED) {
    for (const intent of intents(await card(text))) {
      expect([text, known.get(intent.action)?.role]).toEqual([text, intent.role])
    }
  }
})

test('the two languages say different things', async () => {
  for (const text of ['/help', '/inbox', '/queue', '/settings', '/providers']) {
    expect(words(await card(text, 'pt-BR'))).not.toBe(words(await card(text, 'en')))
  }
})

test('what the lead cards tell', async () => {
  expect(words(await card('/help'))).toMatch(/\/dub\n.*\/voices\n/su)
  expect(words(await card('/help dub'))).toMatch(
    /\[to:\] target languages.*\[bed:\] .*\(keep, duck, drop\).*\/dub https/su,
  )
  expect(words(await card('/inbox'))).toMatch(
    /2 things wait.*Transcript \(English\) has waited.*Transcribing: failed/su,
  )
  expect(words(await card('/queue'))).toMatch(
    /#1 crew\nwaiting for a decision · one decision waits · 4 of \d+ steps done/u,
  )
  expect(words(await card('/project show 3'))).toMatch(/done\n.*Dub → Spanish.*Voicing \(es\): done/su)
  // what it made can be taken from the card
  expect((await card('/project show 3')).media?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['result.mp4', 'es.srt']),
  )
  expect(words(await card('/providers'))).toMatch(
    /✗ openai.*OPENAI_API_KEY.*✓ espeak \(on this machine, draft quality\)/su,
  )
  expect((await card('/settings keys')).form?.inputs).toMatchObject([
    { name: 'ELEVENLABS_API_KEY', kind: 'password' },
    { name: 'OPENAI_API_KEY' },
  ])
})

test('a language that is set speaks at once', async () => {
  expect(words(await card('/settings set language pt-BR'))).toMatch(/Salvo\..*português/su)
  expect(words(await card('/settings set language en', 'pt-BR'))).toMatch(/Saved\..*English/su)
})
