import type { Cue, CueFlag } from './cue.ts'

/** The cue with exactly these of its marks changed: a mark is set where its value is true, and gone where it is false. */
export function flagCue(cue: Cue, marks: Partial<Record<CueFlag, boolean>>): Cue {
  const kept = (cue.flags ?? []).filter((flag) => marks[flag] === undefined)
  const set = (Object.keys(marks) as CueFlag[]).filter((flag) => marks[flag] === true)
  const { flags: _, ...rest } = cue
  const flags = [...kept, ...set]
  return flags.length === 0 ? rest : { ...rest, flags }
}
