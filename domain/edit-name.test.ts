import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editName, parseEditName } from './edit-name.ts'

const name = fc.record({
  kind: fc.constantFrom('dub', 'subtitles', 'transcribe'),
  number: fc.integer({ min: 1, max: 99_999 }),
  checkpoint: fc.constantFrom('transcript', 'translation', 'final'),
  target: fc.constantFrom('es', 'pt-BR', 'zh-Hans-CN', 'es-419'),
  revision: fc.integer({ min: 1, max: 9999 }),
})

test('a name is read back as it was written, also as browsers and phones rename it', () => {
  fc.assert(
    fc.property(name, fc.constantFrom('', ' (1)', '(12)', '-2'), (written, renamed) => {
      expect(parseEditName(editName(written).replace('.srt', `${renamed}.srt`))).toEqual(written)
    }),
  )
})

test.each([
  'movie.srt',
  'dub-1.final.es.srt',
  'dub-x.final.es.r1.srt',
  '../dub-1.final.es.r1.srt',
  'dub-1.final.es.r1.mp4',
  '',
])('%s is none of ours', (file) => {
  expect(parseEditName(file)).toBeUndefined()
})
