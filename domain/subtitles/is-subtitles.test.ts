import { expect, test } from 'vitest'
import { editName, parseEditName } from '../edit-name.ts'
import { isSubtitles } from './is-subtitles.ts'

test.each(['srt', 'vtt', 'ass', 'ssa'])(
  'a .%s file is subtitles, in any case, and may be an edit that comes back',
  (end) => {
    expect(isSubtitles({ name: `talk.${end}` })).toBe(true)
    expect(isSubtitles({ name: `TALK.${end.toUpperCase()}` })).toBe(true)
    const name = { kind: 'dub', number: 12, checkpoint: 'translation', target: 'pt-BR', revision: 3 }
    expect(parseEditName(editName(name).replace(/srt$/u, end))).toEqual(name)
  },
)

test.each(['talk.mp4', 'talk.srt.mp4', 'srt', 'talk.txt', 'talk.json'])('%s is not', (name) => {
  expect(isSubtitles({ name })).toBe(false)
})
