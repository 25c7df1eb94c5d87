import type { Cue } from '#domain/cue.ts'

/** Marks that a person's new words settle: somebody looked at the line. */
const SETTLED_BY_EDIT: ReadonlySet<string> = new Set(['uncertain', 'untranslated', 'term', 'unvoiced', 'late', 'cut'])

/**
 * Cues as a person sent them, with what a subtitle file cannot hold taken from the cues before: who speaks, and what was
 * flagged. A line that says the same at the same time keeps its flags; one with new words was looked at and loses them.
 */
export function keepMarks(before: readonly Cue[], after: readonly Cue[]): Cue[] {
  const byStart = new Map(before.map((cue) => [cue.startMs, cue]))
  const sameLength = before.length === after.length
  return after.map((cue, index) => {
    const old = byStart.get(cue.startMs) ?? (sameLength ? before[index] : undefined)
    const speaker = cue.speaker ?? old?.speaker
    const flags = old?.text === cue.text ? old.flags : old?.flags?.filter((flag) => !SETTLED_BY_EDIT.has(flag))
    const { startMs, endMs, text } = cue
    return { startMs, endMs, text, ...(speaker === undefined ? {} : { speaker }), ...(flags?.length ? { flags } : {}) }
  })
}
