import type { ArtifactRef } from '#domain/artifact.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import { editFile } from '#services/checkpoints/edit-file.ts'
import { openCheckpoints } from '#services/checkpoints/open-checkpoints.ts'
import { controlRun, currentRun } from '#services/projects/control-run.ts'
import { CUES } from '#test/builders/play-steps.ts'
import { cancelled, failed, finished, waitingTranscript } from '#test/builders/productions.ts'
import type { Bench, Crew } from '#test/builders/service-context.ts'

/** Types a command about something of a crew's: ours, or a stranger's. */
export type Typed = (
  bench: Bench,
  of: Crew,
) => Promise<{ readonly text: string; readonly files?: readonly ArtifactRef[] }>

/** A click on something of a crew's. */
export type Clicked = (
  bench: Bench,
  of: Crew,
) => Promise<{
  readonly target: string
  readonly version?: number
  readonly payload?: unknown
  readonly values?: Readonly<Record<string, string>>
  readonly files?: readonly ArtifactRef[]
}>

const says =
  (text: string): Typed =>
  async () => ({ text })

function about(verb: string, prepare: (bench: Bench, of: Crew) => Promise<string>): Typed {
  return async (bench, of) => {
    const project = await of.db.project.findFirstOrThrow({ where: { id: await prepare(bench, of) } })
    return { text: `/project ${verb} ${project.number}` }
  }
}

async function upload(bench: Bench, of: Crew, name: string, text: string): Promise<ArtifactRef> {
  const stored = await bench.storage.put(Buffer.from(text))
  return createArtifact(of.db, { ...stored, kind: 'upload', mime: 'application/octet-stream', name })
}

const paused = async (bench: Bench, of: Crew): Promise<string> => {
  const projectId = await waitingTranscript(bench, of)
  await controlRun({ ctx: of.context(), projectId, verb: 'pause' })
  return projectId
}
const member = async (of: Crew, name: string): Promise<string> => {
  const id = `mbr_${name}_${of.scope.workspaceId}`
  await of.db.member.create({
    data: {
      id,
      workspaceId: of.scope.workspaceId,
      surface: 'web',
      externalId: id,
      name: `${name} ${id.slice(-6)}`,
      role: 'editor',
    },
  })
  return id
}
const memberName = async (of: Crew, name: string): Promise<string> =>
  (await of.db.member.findUniqueOrThrow({ where: { id: await member(of, name) } })).name

/** How every verb of every command is typed. A new one gets a line here: the test asks for it. */
export const TYPED: Readonly<Record<string, Typed>> = {
  dub: async (bench, of) => ({ text: '/dub to:es', files: [await upload(bench, of, 'talk.mp4', of.name)] }),
  help: says('/help dub'),
  inbox: says('/inbox'),
  'project cancel': about('cancel', waitingTranscript),
  'project delete': about('delete', waitingTranscript),
  'project export': about('export', finished),
  'project files': about('files', finished),
  'project list': says('/project list'),
  'project pause': about('pause', waitingTranscript),
  'project reopen': about('reopen', finished),
  'project resume': about('resume', paused),
  'project retry': about('retry', async (bench, of) => (await failed(bench, of)).projectId),
  'project show': about('show', finished),
  providers: says('/providers'),
  queue: says('/queue'),
  'settings keys': says('/settings keys'),
  'settings limits': says('/settings limits projects:100 retention:30'),
  'settings notify': says('/settings notify quiet:22-7'),
  'settings review': says('/settings review final on'),
  'settings set': says('/settings set targets es'),
  'settings show': says('/settings'),
  'settings voice': says('/settings voice es'),
  subtitles: says('/subtitles https://example.com/a.mp4 to:es'),
  'team invite': says('/team invite Rita role:viewer'),
  'team list': says('/team list'),
  'team remove': async (_bench, of) => ({ text: `/team remove ${await memberName(of, 'leaver')}` }),
  'team role': async (_bench, of) => ({ text: `/team role "${await memberName(of, 'riser')}" admin` }),
  transcribe: says('/transcribe https://example.com/a.mp4'),
  'voices list': says('/voices language:es'),
  'voices listen': says('/voices listen maria es'),
}

/** The same things, guessed: what a person types to find out about others. All must be refused without a word about them. */
export const GUESSES: readonly string[] = [
  '/project show canar',
  '/project files canar',
  '/project export canar',
  '/project delete canary',
  '/project cancel canar',
  '/dub https://example.com/x.mp4 to:es voice:canary-voic',
  '/dub https://example.com/x.mp4 to:es speech:canary-provide',
  '/dub https://example.com/x.mp4 to:es reviewers:canary-membe',
  '/team remove canary-membe',
  '/team role canary-membe viewer',
  '/voices listen canary-voic es',
  '/settings voice es canary-voic',
  '/settings set speech canary-provide',
]

const open = async (of: Crew, projectId: string, checkpoint = 'transcript') => {
  const found = (await openCheckpoints({ ctx: of.context(), projectId })).find((one) => one.checkpoint === checkpoint)
  if (!found) throw new Error(`${checkpoint} does not wait`)
  return { target: found.stepId, version: found.revision }
}
const atCheckpoint =
  (values?: Readonly<Record<string, string>>): Clicked =>
  async (bench, of) => ({
    ...(await open(of, await waitingTranscript(bench, of))),
    ...(values && { values }),
  })
const atRun =
  (prepare: (bench: Bench, of: Crew) => Promise<string>): Clicked =>
  async (bench, of) => ({
    target: (await currentRun(of.context(), await prepare(bench, of))).id,
  })
const atProject =
  (prepare: (bench: Bench, of: Crew) => Promise<string>): Clicked =>
  async (bench, of) => ({ target: await prepare(bench, of) })
const atRevision: Clicked = async (bench, of) => {
  const projectId = await waitingTranscript(bench, of)
  const file = await upload(
    bench,
    of,
    'mine.srt',
    formatSrt(CUES.map((cue) => ({ ...cue, text: `${of.name} edited` }))),
  )
  const edit = await editFile({ ctx: of.context(), file, projectId })
  if (edit.kind !== 'proposed') throw new Error('not proposed')
  return { target: edit.revisionId }
}
const atOffer =
  (values: Readonly<Record<string, string>>): Clicked =>
  async (bench, of) => ({
    target: 'offer',
    payload: { source: { artifact: await upload(bench, of, 'talk.mp4', of.name) } },
    values,
  })

/** What every action acts on. A new one gets a line here: the test asks for it. */
export const CLICKED: Readonly<Record<string, Clicked>> = {
  'checkpoint.approve': atCheckpoint(),
  'checkpoint.edit-file': async (bench, of) => {
    const { target: value } = await open(of, await waitingTranscript(bench, of))
    return { target: (await upload(bench, of, 'mine.srt', formatSrt([...CUES].slice(1)))).id, values: { value } }
  },
  'checkpoint.edit-line': atCheckpoint({ line: '1', text: 'Other words.' }),
  'checkpoint.redo': atCheckpoint({ value: 'again' }),
  'checkpoint.reject': atCheckpoint(),
  'offer.dub': atOffer({ value: 'es' }),
  'offer.subtitles': atOffer({ to: 'es,fr' }),
  'offer.transcribe': atOffer({}),
  'project.delete': atProject(waitingTranscript),
  'project.delete-now': async (bench, of) => ({ target: 'ask', payload: { projectId: await finished(bench, of) } }),
  'project.export': atProject(finished),
  'project.reopen': atProject(finished),
  'project.show': async (bench, of) => ({ target: 'project', values: { value: await cancelled(bench, of) } }),
  'revision.apply': atRevision,
  'revision.discard': atRevision,
  'run.cancel': atRun(waitingTranscript),
  'run.pause': atRun(waitingTranscript),
  'run.resume': atRun(paused),
  'settings.keys': async () => ({ target: 'keys' }),
  'settings.save-key': async () => ({ target: 'keys', values: { OPENAI_API_KEY: 'sk-0123456789' } }),
  'step.retry': async (bench, of) => ({ target: (await failed(bench, of)).stepId, values: { from: 'en' } }),
  'step.upload': async (bench, of) => ({
    target: (await failed(bench, of)).stepId,
    files: [await upload(bench, of, 'mine.srt', formatSrt(CUES))],
  }),
  'team.remove-now': async (_bench, of) => ({ target: 'ask', payload: { memberId: await member(of, 'gone') } }),
  'voice.listen': async () => ({ target: 'voice', values: { value: JSON.stringify(['espeak', 'maria', 'es']) } }),
}

/** Actions and commands that act on the whole workspace: a second niche of it is not a stranger to them. */
export const WORKSPACE_WIDE: ReadonlySet<string> = new Set(['team remove', 'team role', 'team.remove-now'])

/** Actions that take nothing of a tenant from their request: a stranger's click is the same as ours. */
export const WITHOUT_TARGET: ReadonlySet<string> = new Set(['settings.keys', 'settings.save-key', 'voice.listen'])
