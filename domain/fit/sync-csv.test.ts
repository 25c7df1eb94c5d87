import { expect, it } from 'vitest'
import { syncCsv } from './sync-csv.ts'

const line = {
  index: 0,
  startMs: 0,
  endMs: 1000,
  placedMs: 0,
  durationMs: 900,
  startErrorMs: 0,
  tempo: 1,
  slackMs: 100,
  overlapMs: 0,
  rewritten: false,
  late: false,
  cut: false,
  voiced: true,
}

it('escapes what a spreadsheet would run, and quotes', () => {
  const formulas = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', 'plain', 'a, "b"\nc']
  const rows = syncCsv(
    formulas.map((_, index) => ({ ...line, index })),
    formulas,
  )
  const cells = rows
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split('true,').at(-1))
  expect(cells).toEqual([
    `"'=HYPERLINK(""http://x"")"`,
    `'+1`,
    `'-1`,
    `'@SUM(A1)`,
    `' =1`,
    `'\t=1`,
    'plain',
    `"a, ""b""\nc"`,
  ])
})

it('leaves negative numbers numbers', () => {
  expect(syncCsv([{ ...line, startErrorMs: -5 }], ['x'])).toContain(',-5,')
})
