import fc from 'fast-check'
import { expect, test } from 'vitest'
import { complete } from './public/js/complete.js'

const known = {
  commands: [
    {
      name: 'dub',
      summary: 'Dub it',
      examples: [],
      verbs: [
        {
          name: '',
          args: [
            { name: 'source', required: false, positional: true, list: false },
            { name: 'from', required: false, positional: false, list: false, autocomplete: 'languages' },
            { name: 'to', summary: 'into', required: true, positional: false, list: true, autocomplete: 'languages' },
            { name: 'bed', required: false, positional: false, list: false, choices: ['keep', 'duck', 'drop'] },
          ],
        },
      ],
    },
    {
      name: 'project',
      summary: 'Projects',
      examples: [],
      verbs: [
        { name: 'list', args: [] },
        {
          name: 'pause',
          summary: 'Pause it',
          args: [{ name: 'project', required: true, positional: true, list: false, autocomplete: 'projects' }],
        },
      ],
    },
  ],
  suggestions: {
    languages: [
      { value: 'pt-BR', label: 'Brazilian Portuguese' },
      { value: 'es', label: 'Spanish' },
      { value: 'pl', label: 'Polish' },
    ],
    projects: [{ value: '12', label: 'Morning briefing' }],
  },
}

const offered = (text: string) => complete(text, text.length, known).items.map((item) => item.insert)

test('a slash offers commands, then verbs, then options', () => {
  expect(offered('/')).toEqual(['/dub ', '/project '])
  expect(offered('/pr')).toEqual(['/project '])
  expect(offered('/project p')).toEqual(['pause '])
  expect(offered('/dub b')).toEqual(['bed:'])
  expect(complete('/dub ', 5, known).hint?.usage).toBe('/dub to: [source] [from:] [bed:]')
})

test('values by code or by a word of their name, each once in a list', () => {
  expect(offered('/dub x.mp4 to:p')).toEqual(['to:pt-BR ', 'to:pl '])
  expect(offered('/dub x.mp4 to:span')).toEqual(['to:es '])
  expect(offered('/dub x.mp4 to:pt-BR,')).toEqual(['to:pt-BR,es ', 'to:pt-BR,pl '])
  expect(offered('/dub x.mp4 bed:d')).toEqual(['bed:duck ', 'bed:drop '])
  expect(offered('/project pause morn')).toEqual(['12 '])
})

test('an option that was given is not offered again; talk is left alone', () => {
  expect(offered('/dub x.mp4 to:es ')).toEqual(['from:', 'bed:'])
  expect(offered('hello /dub')).toEqual([])
  expect(offered('/nothing x')).toEqual([])
})

test('whatever is typed, taking a suggestion keeps what is before the word', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('/', 'd', 'u', 'b', ' ', ':', 't', 'o', 'p', ',', '"', 'é', '-'),
        maxLength: 20,
      }),
      (text) => {
        const { from, items } = complete(text, text.length, known)
        for (const { insert } of items)
          expect((text.slice(0, from) + insert).startsWith(text.slice(0, from))).toBe(true)
        expect(from).toBeLessThanOrEqual(text.length)
      },
    ),
  )
})
