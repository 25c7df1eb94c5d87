import { describe, expect, test } from 'vitest'
import { AppError } from '#core/errors.ts'
import { errorWords, translator } from '#core/words/index.ts'
import { commands } from './index.ts'
import { parseArgs } from './parse-args.ts'
import { parseCommand } from './parse.ts'

const t = translator('en')
const parse = (text: string) => parseCommand(text, commands, t)

/** What a person reads of a line that is refused. */
function refusal(text: string, locale = 'en'): string {
  const words = translator(locale)
  try {
    parseArgs(parseCommand(text, commands, words), words)
  } catch (error) {
    if (error instanceof AppError) return errorWords(words, error)
    throw error
  }
  throw new Error(`${text} was accepted`)
}

describe('a typed line', () => {
  test('positional, named and quoted options', () => {
    const { command, verbName, raw } = parse(
      '/dub https://example.com/a%20b.mp4?x=1:2 to:pt-BR,es title:"My talk: part 2" bed:keep',
    )
    expect([command.name, verbName]).toEqual(['dub', undefined])
    expect(raw).toEqual({
      source: 'https://example.com/a%20b.mp4?x=1:2',
      to: 'pt-BR,es',
      title: 'My talk: part 2',
      bed: 'keep',
    })
  })

  test('spaces behind commas, capitals, curly quotes, a bot’s name', () => {
    expect(parse('/DUB@dailies_bot  https://example.com/a TO:pt-BR, es,  fr title:“Two words”').raw).toEqual({
      source: 'https://example.com/a',
      to: 'pt-BR,es,fr',
      title: 'Two words',
    })
  })

  test('verbs, a default verb, and a number for a title', () => {
    expect(parse('/project pause 12')).toMatchObject({ verbName: 'pause', raw: { project: '12' } })
    expect(parse('/project')).toMatchObject({ verbName: 'list', raw: {} })
    expect(parse('/project show my first talk')).toMatchObject({ verbName: 'show', raw: { project: 'my first talk' } })
    expect(parse('/voices language:pt-BR')).toMatchObject({ verbName: 'list', raw: { language: 'pt-BR' } })
    expect(parse('/team invite Ana Maria role:viewer')).toMatchObject({
      verbName: 'invite',
      raw: { name: 'Ana Maria', role: 'viewer' },
    })
    expect(parse('/settings set targets pt-BR, es')).toMatchObject({
      verbName: 'set',
      raw: { name: 'targets', value: 'pt-BR, es' },
    })
  })

  test('every example is understood', () => {
    for (const command of commands) {
      for (const example of command.examples) expect(() => parseArgs(parse(example), t), example).not.toThrow()
    }
  })

  test('a line with an open quote, or nothing but the slash', () => {
    expect(parse('/dub https://e.com title:"open end').raw).toMatchObject({ title: 'open end' })
    expect(refusal('/')).toMatch(/\/dub.*\/voices/)
  })
})

describe('what is not understood is said with what would be', () => {
  test.each([
    ['/dubb https://example.com', /\/dubb.*\/dub\?/],
    ['/xyzzy', /\/dub, \/help.*\/voices/],
    ['/project pauze 12', /pauze.*\/project pause.*resume/],
    ['/dub https://example.com bed:loud', /bed.*keep, duck, drop.*loud/],
    ['/dub https://example.com priority:urgend', /urgend.*Did you mean urgent/],
    ['/dub https://example.com tto:es', /tto.*Did you mean to:/],
    ['/dub https://example.com colour:blue', /no option colour:.*source:.*bed:/],
    ['/dub https://example.com to:es to:fr', /to: is there twice/],
    ['/inbox now', /“now”/],
    ['/team role Rita boss', /role.*viewer, editor, admin.*boss/],
    ['/team role Rita', /role: is needed.*viewer, editor, admin/],
    ['/project list limit:99', /limit.*1 to 25.*99/],
    ['/project list limit:many', /limit.*1 to 25.*many/],
    ['/settings set volume 11', /name.*language.*volume/],
  ])('%s', (text, words) => {
    expect(refusal(text)).toMatch(words)
  })

  test('in Portuguese too', () => {
    expect(refusal('/dub https://example.com bed:loud', 'pt-BR')).toMatch(/aceita um destes: keep, duck, drop/)
    expect(refusal('/dubb', 'pt-BR')).toMatch(/Você quis dizer \/dub\?/)
  })
})
