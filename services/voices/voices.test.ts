import { afterAll, beforeAll, expect, test } from 'vitest'
import { play } from '#test/builders/productions.ts'
import { buildBench, type Bench, type Crew } from '#test/builders/service-context.ts'
import { testDatabase, type TestDatabase } from '#test/setup/database.ts'
import { suggestions } from '../chat/suggestions.ts'
import { listProjects } from '../projects/list-projects.ts'
import { listen } from './listen.ts'
import { listVoices } from './list-voices.ts'
import { voiceLanguage } from './voice-language.ts'

let db: TestDatabase
let bench: Bench
let crew: Crew

beforeAll(async () => {
  db = await testDatabase()
  bench = await buildBench(db.database)
  crew = await bench.crew()
  const voice = (id: string, ...languages: string[]) => ({ id, name: id.toUpperCase(), languages })
  const entry = (workspaceId: string, provider: string, quality: number, voices: object[], available = true) => ({
    workspaceId,
    capability: 'speech',
    provider,
    available,
    details: { draft: quality < 50, local: true, rank: { quality, speed: 1 }, voices },
  })
  await db.database.prisma.catalogue.createMany({
    data: [
      entry('', 'espeak', 10, [voice('es', 'es'), voice('pt', 'pt-BR')]),
      entry('', 'elevenlabs', 90, [voice('hidden', 'es')], false),
      entry(crew.scope.workspaceId, 'elevenlabs', 90, [voice('maria', 'es', 'pt')]),
      entry('', 'openai', 70, [voice('nova')]),
      { ...entry('', 'broken', 1, []), details: { nonsense: true } },
    ],
  })
})
afterAll(async () => {
  await bench.close()
  await db.drop()
})

test('the workspace’s own providers count before those for all, the better ones first', async () => {
  const ctx = crew.context()
  const voices = async (language?: string, provider?: string) =>
    (await listVoices({ ctx, language, provider })).map((one) => one.id)
  expect(await voices('es-MX')).toEqual(['maria', 'nova', 'es'])
  expect(await voices('pt')).toEqual(['maria', 'nova', 'pt'])
  expect(await voices(undefined, 'espeak')).toEqual(['es', 'pt'])
  expect(await voices('fr')).toEqual(['nova'])
  expect(await voiceLanguage({ ctx, voice: 'MARIA' })).toBe('es')
  expect(await voiceLanguage({ ctx, voice: 'nova' })).toBe('en')
})

test('a sample is made once, and is no project that people count', async () => {
  const ctx = crew.context()
  const asked = { ctx, voice: 'espeak:es', language: 'es' }
  const first = await listen(asked)
  const again = await listen(asked)
  expect(first.kind).toBe('making')
  expect(again).toEqual(first)
  if (first.kind !== 'making') return
  await play(bench, crew, first.projectId)
  expect(await listen(asked)).toMatchObject({ kind: 'ready', voice: 'es', files: [{ kind: 'video' }] })
  expect((await listen({ ...asked, text: 'Otra frase.' })).kind).toBe('making')
  // samples are no projects: neither listed nor offered while somebody types
  expect(await listProjects({ ctx, limit: 10 })).toEqual([])
  expect((await suggestions({ db: ctx.db, locale: 'en' }))['projects']).toEqual([])
  await expect(listen({ ctx, voice: 'es', language: 'pt-BR' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})
