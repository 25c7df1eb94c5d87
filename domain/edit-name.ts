/** Which revision of which checkpoint a file is that people download, change and send back. */
export interface EditName {
  readonly kind: string
  /** the project's number */
  readonly number: number
  readonly checkpoint: string
  /** BCP 47 tag as typed */
  readonly target: string
  /** counts every revision of this checkpoint in the project, also over redos (`revisionNumbers`) */
  readonly revision: number
}

/** e.g. `dub-12.translation.pt-BR.r3.srt` */
export function editName(name: EditName): string {
  return `${name.kind}-${name.number}.${name.checkpoint}.${name.target}.r${name.revision}.srt`
}

/** Reads such a name; tolerates what browsers and phones make of it (`… (1).srt`) and other subtitle formats. Undefined: not one of ours. */
export function parseEditName(file: string): EditName | undefined {
  const match =
    /^([a-z-]+)-(\d{1,9})\.([a-z-]+)\.([A-Za-z0-9_-]{2,40})\.r(\d{1,6})(?:[ _]?\(\d+\)|-\d+)?\.(?:srt|vtt|ass|ssa|txt)$/u.exec(
      file.trim(),
    )
  if (match === null) return undefined
  const [, kind = '', number, checkpoint = '', target = '', revision] = match
  return { kind, number: Number(number), checkpoint, target, revision: Number(revision) }
}
