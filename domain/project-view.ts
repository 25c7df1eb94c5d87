import type { ArtifactRef } from './artifact.ts'
import type { CueChange } from './diff.ts'
import type { Progress } from './progress.ts'
import type { Result, Review } from './review.ts'
import type { Scope } from './scope.ts'
import type { Resource, RunState, StepState } from './states.ts'

/** Everything that a project's thread shows, read at one moment: the one argument of the pure thread view. */
export interface ProjectView {
  readonly project: ProjectFacts
  /** the workspace's language: 'en' or 'pt-BR' */
  readonly locale: string
  /** false: the workspace wants no mentions (`/settings notify`) */
  readonly notify: boolean
  /** the newest run; absent only between the project's row and its first run */
  readonly run: RunView | undefined
  /** all steps of the newest run, every generation, in the plan's order, then by fan key and generation */
  readonly steps: readonly StepView[]
  /** edits that were proposed at a checkpoint of this run and wait for [apply] or [discard] */
  readonly pending: readonly PendingRevision[]
  /** names by member id: requester, reviewers, deciders, editors, also those who left */
  readonly members: Readonly<Record<string, string>>
  /** what it cost so far, over all runs */
  readonly cost: CostView
  /** what a redo can choose from: providers by capability, available ones first */
  readonly choices: readonly ProviderView[]
  /** reminders that are due to be seen: the post `reminder:<checkpoint>:<target>` */
  readonly reminders: readonly ReminderView[]
  /** resources that have work in this run and no live worker: said on the status card */
  readonly missingWorkers: readonly Resource[]
  /** the newest export of the whole project, if any */
  readonly archive: ArtifactRef | undefined
}

export interface ProjectFacts {
  readonly id: string
  readonly scope: Scope
  /** what people type: #12 */
  readonly number: number
  /** the pipeline: 'dub', 'transcribe', 'subtitles', 'voice-sample' */
  readonly kind: string
  readonly title: string
  /** what lists and searches know it by so far: `title`, once it was kept */
  readonly storedTitle: string
  /** the pipeline's validated input */
  readonly request: unknown
  /** target languages as typed, [] where the production has none */
  readonly targets: readonly string[]
  readonly requestedBy: string
  /** members to mention at checkpoints besides the requester */
  readonly reviewers: readonly string[]
  readonly createdAt: Date
  readonly updatedAt: Date
  /** set: the thread says that it was deleted and shows nothing else */
  readonly deletedAt: Date | undefined
}

export interface RunView {
  readonly id: string
  /** 1, 2 …: a re-opened project has a second run. Generations of posts must grow over it */
  readonly ordinal: number
  readonly status: RunState
  readonly startedAt: Date
  readonly finishedAt: Date | undefined
}

export interface StepView {
  readonly id: string
  readonly node: string
  readonly fanKey: string
  readonly generation: number
  readonly kind: 'stage' | 'checkpoint' | 'each'
  /** contract name; for a checkpoint its name */
  readonly stage: string
  readonly resource: Resource | ''
  readonly status: StepState
  readonly attempt: number
  readonly reused: boolean
  readonly progress: Progress | undefined
  readonly error: StepErrorView | undefined
  /** the step's output as stored */
  readonly output: unknown
  /** output of a `finish` step: the `result:<target>` post */
  readonly result: Result | undefined
  /** set for checkpoints only */
  readonly checkpoint: CheckpointView | undefined
  /** when a step that failed transiently is tried again */
  readonly availableAt: Date
  readonly readyAt: Date | undefined
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
}

export interface StepErrorView {
  readonly code: string
  readonly category: string
  /** values for the words `errors.<code>` */
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date | undefined
}

export interface CheckpointView {
  /** 'transcript', 'translation', 'final' */
  readonly name: string
  readonly auto: boolean
  /** what is judged (newest revision), or what was approved once decided */
  readonly review: Review | undefined
  /** newest revision; 1 is the machine's */
  readonly revision: number
  /** the file to edit: `review.subtitles` under its name with project, checkpoint, language and revision */
  readonly editName: string | undefined
  readonly decidedBy: string | undefined
  readonly decision: 'approved' | 'rejected' | 'auto' | undefined
  /** the node (same fan key) that redo runs again and the capability whose provider may change */
  readonly redo: { readonly node: string; readonly capability: string } | undefined
  /** the checkpoint whose new revision an edit here becomes (final → translation) */
  readonly editsAt: string | undefined
}

export interface PendingRevision {
  readonly id: string
  readonly stepId: string
  /** the checkpoint and target it was proposed for */
  readonly checkpoint: string
  readonly target: string
  /** the revision that it becomes when applied */
  readonly number: number
  readonly memberId: string
  readonly createdAt: Date
  readonly changes: readonly CueChange[]
  readonly review: Review
}

export interface CostView {
  /** millionths of a US dollar */
  readonly micros: number
  readonly providers: readonly {
    readonly capability: string
    readonly provider: string
    readonly calls: number
    readonly micros: number
  }[]
}

export interface ProviderView {
  readonly capability: string
  readonly provider: string
  readonly available: boolean
  readonly draft: boolean
  readonly voices: readonly { readonly id: string; readonly name: string; readonly languages: readonly string[] }[]
}

export interface ReminderView {
  readonly stepId: string
  readonly checkpoint: string
  readonly target: string
  /** 4 or 24 */
  readonly hours: number
  readonly sentAt: Date
}
