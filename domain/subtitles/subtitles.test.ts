import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Cue } from '../cue.ts'
import { formatAss, parseAss } from './ass.ts'
import { cleanText } from './clean-text.ts'
import { formatJson, parseJson } from './json.ts'
import { parseSubtitles } from './parse.ts'
import { formatSrt, parseSrt } from './srt.ts'
import { formatTxt } from './txt.ts'
import { formatVtt, parseVtt } from './vtt.ts'

/** Any text a person or a machine may put into a cue, markup of every format included. */
const nasty = fc.constantFrom(
  '{\\an8}',
  '{',
  '}',
  '\\N',
  '\\',
  '\\n',
  '<b>',
  '&amp;',
  '&lt;',
  '<',
  '>',
  '-',
  '5',
  ' ',
  '\n',
  '\u2028',
  'é',
  '字幕',
  'ไทย',
  '😀',
)
const anyText = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) }, nasty), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => cleanText(parts.join('')))
  .filter((text) => text !== '' && !text.includes('-->') && !text.includes('\u2060'))

function cuesOf(text: fc.Arbitrary<string>, unitMs: number): fc.Arbitrary<Cue[]> {
  const step = fc.record({ gap: fc.nat(90_000_000), length: fc.integer({ min: 1, max: 9000 }), text })
  return fc.array(step, { minLength: 1, maxLength: 8 }).map((steps) => {
    let at = 0
    return steps.map(({ gap, length, text: words }) => {
      const startMs = at + gap * unitMs
      at = startMs + length * unitMs
      return { startMs, endMs: at, text: words }
    })
  })
}

describe('round trips', () => {
  it('srt gives back every cue, except the tags that SubRip itself would read', () => {
    const plain = anyText.filter((text) => !/<\/?[a-z]|\{\\/iu.test(text))
    fc.assert(
      fc.property(cuesOf(plain, 1), (cues) => {
        expect(parseSrt(formatSrt(cues))).toEqual(cues)
      }),
    )
  })

  it('vtt gives back every cue', () => {
    fc.assert(
      fc.property(cuesOf(anyText, 1), (cues) => {
        expect(parseVtt(formatVtt(cues, 'pt-BR'))).toEqual(cues)
      }),
    )
  })

  it('ass gives back every cue at its resolution of 10 ms', () => {
    fc.assert(
      fc.property(cuesOf(anyText, 10), (cues) => {
        expect(parseAss(formatAss(cues))).toEqual(cues)
      }),
    )
  })

  it('json gives back every cue with speaker and flags', () => {
    const list = {
      language: 'es',
      cues: [{ startMs: 0, endMs: 5, text: 'a', speaker: 'Ana', flags: ['late' as const] }],
    }
    expect(parseJson(formatJson(list))).toEqual(list)
    fc.assert(
      fc.property(cuesOf(anyText, 1), (cues) => {
        expect(parseJson(formatJson({ language: 'und', cues })).cues).toEqual(cues)
      }),
    )
  })

  it('keeps speakers in vtt and ass', () => {
    const cues: Cue[] = [{ startMs: 0, endMs: 1000, text: 'Hi & <bye>', speaker: 'Ana <3' }]
    expect(parseVtt(formatVtt(cues))).toEqual(cues)
    expect(parseAss(formatAss(cues))).toEqual(cues)
  })
})

describe('escaping', () => {
  const cues: Cue[] = [{ startMs: 0, endMs: 1000, text: '{\\p1}evil\\N<script>&</script> --> 1' }]

  it('lets no text become an override in ass', () => {
    const dialogue = formatAss(cues)
      .split('\n')
      .find((line) => line.startsWith('Dialogue'))
    expect(dialogue).not.toMatch(/(?<!\\)\{|\\p1|\\N/u)
  })

  it('lets no text become a tag or a time line in vtt', () => {
    const line = formatVtt(cues).split('\n').at(3)
    expect(line).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/u)
  })

  it('lets no text become a time line in srt', () => {
    expect(parseSrt(formatSrt(cues))).toHaveLength(1)
  })
})

describe('tolerance', () => {
  it.each([
    ['a byte order mark and CRLF', '\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n'],
    ['no numbers', '00:00:01,000 --> 00:00:02,000\nHi'],
    ['dots and one digit', '7\n0:0:1.0 --> 0:0:2\nHi'],
    ['tags and positions', '1\n00:00:01,000 --> 00:00:02,000 X1:1\n{\\an8}<i>Hi</i>\n'],
    ['no blank line between cues', '1\n00:00:01,000 --> 00:00:02,000\nHi\n2\n00:00:03,000 --> 00:00:04,000\n\n'],
  ])('reads srt with %s', (_, text) => {
    expect(parseSrt(text)).toEqual([{ startMs: 1000, endMs: 2000, text: 'Hi' }])
  })

  it('reads hours above 99', () => {
    expect(parseSrt('1\n123:00:00,000 --> 123:00:01,000\nLate').at(0)?.startMs).toBe(123 * 3_600_000)
    expect(parseSrt(formatSrt([{ startMs: 400_000_000, endMs: 400_000_001, text: 'x' }])).at(0)?.endMs).toBe(
      400_000_001,
    )
  })

  it('keeps a number that is text, and blank lines inside a cue', () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\n42\n\nis it\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n'
    expect(parseSrt(text).map((cue) => cue.text)).toEqual(['42\nis it', '7'])
  })

  it('reads vtt with header text, notes, styles, identifiers, settings and tags', () => {
    const text =
      'WEBVTT - title\nKind: captions\n\nSTYLE\n::cue{}\n\nNOTE a --> b\nx\n\nid\n00:01.000 --> 00:02.000 align:start\n<v.loud Ana><c.y>Hi</c> <00:00:01.500>&amp; bye\n'
    expect(parseVtt(text)).toEqual([{ startMs: 1000, endMs: 2000, text: 'Hi & bye', speaker: 'Ana' }])
  })

  it('reads ass with its own columns, overrides, drawings and comments', () => {
    const text =
      '[Script Info]\n\n[Events]\nFormat: Start, End, Name, Text\nComment: 0:00:00.00,0:00:01.00,,no\nDialogue: 0:00:01.00,0:00:02.00,Ana,{\\b1}Hi,{\\b0} you\\Nthere\nDialogue: 0:00:03.00,0:00:04.00,,{\\p1}m 0 0\n'
    expect(parseAss(text)).toEqual([{ startMs: 1000, endMs: 2000, text: 'Hi, you\nthere', speaker: 'Ana' }])
  })

  it('knows a format by its content, whatever the name', () => {
    const cues: Cue[] = [{ startMs: 0, endMs: 1000, text: 'Olá' }]
    for (const text of [formatSrt(cues), formatVtt(cues), formatAss(cues), formatJson({ language: 'und', cues })]) {
      expect(parseSubtitles('mine.txt', text).cues).toEqual(cues)
    }
    expect(parseSubtitles('x.vtt', formatVtt(cues, 'pt-BR')).language).toBe('pt-BR')
    expect(parseSubtitles('x.srt', formatSrt(cues), { language: 'es' }).language).toBe('es')
  })

  it('undoes the overlaps and repeats of rolling captions when asked', () => {
    const text =
      'WEBVTT\n\n00:00.000 --> 00:03.000\nhello\n\n00:02.000 --> 00:05.000\nhello\nworld\n\n00:04.990 --> 00:06.000\nworld\n'
    expect(parseSubtitles('a.vtt', text, { overlaps: 'clip' }).cues).toEqual([
      { startMs: 0, endMs: 2000, text: 'hello' },
      { startMs: 2000, endMs: 6000, text: 'world' },
    ])
  })
})

describe('refusals name the line', () => {
  const first = '1\n00:00:01,000 --> 00:00:05,000\nA\n\n'
  it.each([
    ['overlap', 6, `${first}2\n00:00:04,000 --> 00:00:06,000\nB\n`],
    ['overlap', 6, `${first}2\n00:00:01,000 --> 00:00:06,000\nB\n`],
    ['negative', 6, `${first}2\n-00:00:04,000 --> 00:00:06,000\nB\n`],
    ['negative', 2, '1\n00:00:-1,000 --> 00:00:06,000\nB\n'],
    ['end_before_start', 6, `${first}2\n00:00:09,000 --> 00:00:06,000\nB\n`],
    ['bad_time', 2, '1\n00:61:00,000 --> 00:62:00,000\nB\n'],
    ['bad_time', 2, '1\nsoon --> 00:62:00,000\nB\n'],
    ['no_times', 1, 'Just words\n'],
    ['empty', 1, ' \r\n\n'],
    ['empty', 1, '1\n00:00:01,000 --> 00:00:05,000\n\n'],
    ['no_times', 5, 'WEBVTT\n\n00:01.000 --> 00:02.000\n\nlost words\n'],
    [
      'overlap',
      4,
      '[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:05.00,D,,0,0,0,,a\nDialogue: 0,0:00:02.00,0:00:06.00,D,,0,0,0,,b',
    ],
    ['no_times', 1, '[Script Info]\n'],
    ['bad_json', 1, '{"language": '],
    [
      'negative',
      2,
      '{"language":"en","cues":[{"startMs":1,"endMs":2,"text":"a"},{"startMs":-1,"endMs":2,"text":"a"}]}',
    ],
    ['unknown_format', 1, '<!DOCTYPE html><html>'],
  ])('%s at line %i', (reason, line, text) => {
    expect(failure(text)).toMatchObject({ code: 'BAD_SUBTITLES', data: { reason, line } })
  })

  it('refuses a line of 100,000 characters', () => {
    expect(failure(`${first}2\n00:00:06,000 --> 00:00:07,000\n${'x'.repeat(100_000)}\n`)).toMatchObject({
      code: 'LINE_TOO_LONG',
      data: { line: 7, limit: 5000 },
    })
  })

  it('never throws anything but an AppError, whatever the file', () => {
    const noise = fc
      .array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('\n', '00:00:01,000 --> 00:00:02,000', 'WEBVTT', '[Events]', 'Dialogue: ', '{', '1'),
        ),
      )
      .map((parts) => parts.join('\n'))
    fc.assert(
      fc.property(noise, fc.constantFrom('refuse' as const, 'clip' as const), (text, overlaps) => {
        const error = failure(text, overlaps)
        expect(error === undefined || error instanceof AppError).toBe(true)
      }),
    )
  })
})

it('txt is words alone, a paragraph per speaker and long pause', () => {
  const cues: Cue[] = [
    { startMs: 0, endMs: 1000, text: 'One\ntwo.', speaker: 'Ana' },
    { startMs: 1100, endMs: 2000, text: 'Three.', speaker: 'Ana' },
    { startMs: 5000, endMs: 6000, text: 'Four.', speaker: 'Ana' },
    { startMs: 6100, endMs: 7000, text: 'Five.', speaker: 'Bob' },
  ]
  expect(formatTxt(cues)).toBe('Ana: One two. Three.\n\nFour.\n\nBob: Five.\n')
})

function failure(text: string, overlaps: 'refuse' | 'clip' = 'refuse'): unknown {
  try {
    parseSubtitles('file', text, { overlaps })
    return undefined
  } catch (error) {
    return error
  }
}
