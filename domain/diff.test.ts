import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Cue } from './cue.ts'
import { diffCues } from './diff.ts'

function at(second: number, text: string, lengthMs = 900): Cue {
  return { startMs: second * 1000, endMs: second * 1000 + lengthMs, text }
}

const base = [at(1, 'one'), at(2, 'two'), at(3, 'three'), at(4, 'four')]

it('finds nothing in an unchanged file', () => {
  expect(diffCues(base, structuredClone(base))).toEqual([])
})

it('tells a changed text from a moved, an added and a removed line', () => {
  const after = [at(0, 'zero'), at(1, 'one'), at(2, 'TWO', 800), at(4, 'four', 950)]
  expect(diffCues(base, after)).toEqual([
    { kind: 'added', line: 1, after: at(0, 'zero') },
    { kind: 'changed', line: 3, before: at(2, 'two'), after: at(2, 'TWO', 800), retimed: true },
    { kind: 'removed', line: 3, before: at(3, 'three') },
    { kind: 'retimed', line: 4, before: at(4, 'four'), after: at(4, 'four', 950) },
  ])
})

it('pairs the right lines when neighbours change together', () => {
  const after = [at(1, 'one'), at(2, 'II'), at(3, 'III'), at(4, 'four')]
  expect(diffCues(base, after).map((change) => [change.kind, change.line])).toEqual([
    ['changed', 2],
    ['changed', 3],
  ])
})

it('accounts for every line once: old − removed + added = new, and the changes rebuild the new file', () => {
  const file = fc
    .uniqueArray(fc.nat(40), { maxLength: 12 })
    .chain((seconds) =>
      fc.tuple(
        ...seconds
          .toSorted((a, b) => a - b)
          .map((s) => fc.constantFrom('a', 'b', 'c', `t${s}`).map((text) => at(s, text))),
      ),
    )
  fc.assert(
    fc.property(file, file, (before, after) => {
      const changes = diffCues(before, after)
      const count = (kind: string) => changes.filter((change) => change.kind === kind).length
      expect(before.length - count('removed') + count('added')).toBe(after.length)
      const rebuilt = rebuild(before, changes)
      expect(rebuilt).toEqual(after)
    }),
  )
})

/** Applies the changes the way a reader would: old lines without those that went, with the new ones at their line. */
function rebuild(before: readonly Cue[], changes: ReturnType<typeof diffCues>): Cue[] {
  const gone = new Set(changes.flatMap((change) => ('before' in change ? [change.before] : [])))
  const kept = before.filter((cue) => !gone.has(cue))
  const come = changes.flatMap((change) => ('after' in change ? [change] : []))
  for (const change of come.toSorted((a, b) => a.line - b.line)) kept.splice(change.line - 1, 0, change.after)
  return kept
}
