import { AppError } from '#core/errors.ts'
import type { Scope } from '#domain/scope.ts'
import type { Prisma } from './generated/client.ts'

export interface Relation {
  readonly model: Prisma.ModelName
  readonly list: boolean
  /** a single row that is certainly in the same workspace and niche as the row that refers to it */
  readonly inside: boolean
}

interface Tenancy {
  /** the tenant columns that a new row gets; none: a scoped client does not write the model */
  readonly columns: readonly (keyof Scope)[]
  readonly relations: Readonly<Record<string, Relation>>
}

const inside = (model: Prisma.ModelName): Relation => ({ model, list: false, inside: true })
const outside = (model: Prisma.ModelName): Relation => ({ model, list: false, inside: false })
const list = (model: Prisma.ModelName): Relation => ({ model, list: true, inside: false })
const WORKSPACE = ['workspaceId'] as const
const NICHE = ['workspaceId', 'nicheId'] as const

/** How each model belongs to a tenant, and where its relations lead. A test holds it against the schema. */
export const RELATIONS: Readonly<Record<Prisma.ModelName, Tenancy>> = {
  Workspace: {
    columns: [],
    relations: {
      niches: list('Niche'),
      rooms: list('Room'),
      members: list('Member'),
      settings: list('Setting'),
      secrets: list('Secret'),
      invites: list('Invite'),
      projects: list('Project'),
      artifacts: list('Artifact'),
      posts: list('Post'),
      actions: list('Action'),
      stepResults: list('StepResult'),
      calls: list('ProviderCall'),
    },
  },
  Niche: {
    columns: [],
    relations: {
      workspace: inside('Workspace'),
      projects: list('Project'),
      artifacts: list('Artifact'),
      stepResults: list('StepResult'),
      calls: list('ProviderCall'),
    },
  },
  Room: {
    columns: WORKSPACE,
    relations: { workspace: inside('Workspace'), posts: list('Post'), threads: list('Thread') },
  },
  Member: { columns: WORKSPACE, relations: { workspace: inside('Workspace'), sessions: list('Session') } },
  Invite: { columns: WORKSPACE, relations: { workspace: inside('Workspace') } },
  Session: { columns: WORKSPACE, relations: { member: inside('Member') } },
  Setting: { columns: WORKSPACE, relations: { workspace: inside('Workspace') } },
  Secret: { columns: WORKSPACE, relations: { workspace: inside('Workspace') } },
  Installation: { columns: [], relations: {} },
  Project: {
    columns: NICHE,
    relations: {
      workspace: inside('Workspace'),
      niche: inside('Niche'),
      runs: list('Run'),
      posts: list('Post'),
      threads: list('Thread'),
      artifacts: list('Artifact'),
      actions: list('Action'),
    },
  },
  Run: { columns: NICHE, relations: { project: inside('Project'), steps: list('Step') } },
  Step: {
    columns: NICHE,
    relations: {
      run: inside('Run'),
      revisions: list('Revision'),
      reminders: list('Reminder'),
      dependsOn: outside('StepDependency'),
      dependents: outside('StepDependency'),
    },
  },
  StepDependency: { columns: [], relations: { step: outside('Step'), needs: outside('Step') } },
  Revision: { columns: NICHE, relations: { step: inside('Step') } },
  StepResult: { columns: NICHE, relations: { workspace: inside('Workspace'), niche: inside('Niche') } },
  Artifact: {
    columns: NICHE,
    relations: { workspace: inside('Workspace'), niche: inside('Niche'), project: inside('Project') },
  },
  ProviderCall: { columns: NICHE, relations: { workspace: inside('Workspace'), niche: inside('Niche') } },
  // a thread, post or action of another niche's project is hidden (tenancyWhere), so the project of a visible one is inside
  Thread: { columns: WORKSPACE, relations: { room: inside('Room'), project: inside('Project'), posts: list('Post') } },
  Post: {
    columns: WORKSPACE,
    relations: {
      workspace: inside('Workspace'),
      room: inside('Room'),
      thread: inside('Thread'),
      project: inside('Project'),
    },
  },
  Action: { columns: WORKSPACE, relations: { workspace: inside('Workspace'), project: inside('Project') } },
  Reminder: { columns: NICHE, relations: { step: inside('Step') } },
  Worker: { columns: [], relations: {} },
  Catalogue: { columns: [], relations: {} },
  FairShare: { columns: [], relations: {} },
}

/** The filter that confines a model's rows to `scope`. Throws INTERNAL for a model that has no tenant. */
export function tenancyWhere(model: Prisma.ModelName, scope: Scope): Record<string, unknown> {
  const { workspaceId, nicheId } = scope
  switch (model) {
    case 'Workspace':
      return { id: workspaceId }
    case 'Niche':
      return { workspaceId, id: nicheId }
    case 'Thread':
    case 'Post':
    case 'Action':
      return { workspaceId, OR: [{ projectId: null }, { project: { nicheId } }] }
    case 'Catalogue':
      // '' is what the installation offers to every workspace
      return { workspaceId: { in: ['', workspaceId] } }
    case 'Installation':
    case 'StepDependency':
    case 'Worker':
    case 'FairShare':
      throw new AppError('INTERNAL', `${model} has no tenant`)
    default:
      return RELATIONS[model].columns.includes('nicheId') ? { workspaceId, nicheId } : { workspaceId }
  }
}
