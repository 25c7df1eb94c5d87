import { diffArrays } from 'diff'
import type { Cue } from './cue.ts'

/** One difference between two versions of the cues. Lines are 1-based, as in the files that people edit. */
export type CueChange =
  | {
      readonly kind: 'changed'
      readonly line: number
      readonly before: Cue
      readonly after: Cue
      readonly retimed: boolean
    }
  | { readonly kind: 'retimed'; readonly line: number; readonly before: Cue; readonly after: Cue }
  | { readonly kind: 'added'; readonly line: number; readonly after: Cue }
  | { readonly kind: 'removed'; readonly line: number; readonly before: Cue }

/**
 * What an edit did, cue by cue, in order: texts changed, times changed, lines added (`line` of the new version) or removed
 * (`line` of the old one). Empty when nothing changed.
 */
export function diffCues(before: readonly Cue[], after: readonly Cue[]): CueChange[] {
  const changes: CueChange[] = []
  let old = 0
  let fresh = 0
  let gone: Numbered[] = []
  let come: Numbered[] = []
  for (const part of diffArrays(before.map(textKey), after.map(textKey))) {
    const count = part.count
    if (part.removed) gone = numbered(before, old, count)
    else if (part.added) come = numbered(after, fresh, count)
    else {
      changes.push(...pairUp(gone, come))
      gone = []
      come = []
      changes.push(...retimed(before.slice(old, old + count), after.slice(fresh, fresh + count), fresh))
    }
    if (!part.added) old += count
    if (!part.removed) fresh += count
  }
  return [...changes, ...pairUp(gone, come)]
}

interface Numbered {
  readonly cue: Cue
  readonly line: number
}

function textKey(cue: Cue): string {
  return `${cue.speaker ?? ''}\u0000${cue.text}`
}

function numbered(cues: readonly Cue[], from: number, count: number): Numbered[] {
  return cues.slice(from, from + count).map((cue, index) => ({ cue, line: from + index + 1 }))
}

function retimed(before: readonly Cue[], after: readonly Cue[], offset: number): CueChange[] {
  return after.flatMap((cue, index): CueChange[] => {
    const old = before[index]
    return old && moved(old, cue) ? [{ kind: 'retimed', line: offset + index + 1, before: old, after: cue }] : []
  })
}

/** Within one changed stretch, an old and a new line that share time are the same line with another text. */
function pairUp(gone: readonly Numbered[], come: readonly Numbered[]): CueChange[] {
  const changes: CueChange[] = []
  let next = 0
  for (const old of gone) {
    const found = come.findIndex((candidate, index) => index >= next && overlap(old.cue, candidate.cue) > 0)
    if (found < 0) {
      changes.push({ kind: 'removed', line: old.line, before: old.cue })
      continue
    }
    const best = bestOf(old.cue, come, found)
    changes.push(...added(come.slice(next, best)))
    const match = come[best]
    if (match) {
      const { cue, line } = match
      changes.push({ kind: 'changed', line, before: old.cue, after: cue, retimed: moved(old.cue, cue) })
    }
    next = best + 1
  }
  return [...changes, ...added(come.slice(next))]
}

/** The overlapping candidate that shares most time. */
function bestOf(old: Cue, come: readonly Numbered[], first: number): number {
  let best = first
  for (let index = first + 1; index < come.length; index++) {
    const candidate = come[index]
    const current = come[best]
    if (!candidate || !current || overlap(old, candidate.cue) <= overlap(old, current.cue)) break
    best = index
  }
  return best
}

function added(cues: readonly Numbered[]): CueChange[] {
  return cues.map(({ cue, line }) => ({ kind: 'added', line, after: cue }))
}

function overlap(a: Cue, b: Cue): number {
  return Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs)
}

function moved(a: Cue, b: Cue): boolean {
  return a.startMs !== b.startMs || a.endMs !== b.endMs
}
