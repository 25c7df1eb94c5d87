import * as artifacts from '#prisma/queries/artifacts.ts'
import * as calls from '#prisma/queries/calls.ts'
import * as catalogue from '#prisma/queries/catalogue.ts'
import * as members from '#prisma/queries/members.ts'
import * as projects from '#prisma/queries/projects.ts'
import * as providerSettings from '#prisma/queries/provider-settings.ts'
import * as recordCall from '#prisma/queries/record-call.ts'
import * as runs from '#prisma/queries/runs.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { Planted } from '#test/builders/plant.ts'

/** Calls one query with the ids of some tenant: our own, or a stranger's. */
export type Call = (db: ScopedDb, of: Planted) => Promise<unknown>
type Walk<M> = { readonly [Name in keyof M as M[Name] extends (...args: never[]) => unknown ? Name : never]-?: Call }

const LONG_AGO = new Date(0)

function walk<M extends object>(_queries: M, calls: Walk<M>): Readonly<Record<string, Call>> {
  return calls
}

/**
 * How every query of prisma/queries is called, by file. A new query gets a line here: the compiler asks for it where the file
 * is listed, the test where it is not.
 */
export const WALK: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  'artifacts.ts': walk(artifacts, {
    createArtifact: (db, of) =>
      artifacts.createArtifact(db, {
        sha256: 'e'.repeat(64),
        kind: 'upload',
        mime: 'text/plain',
        bytes: 1,
        name: 'new',
        projectId: of.projectId,
      }),
    findArtifact: (db, of) => artifacts.findArtifact(db, of.artifactId),
    listArtifacts: (db, of) => artifacts.listArtifacts(db, of.projectId),
  }),
  'calls.ts': walk(calls, {
    projectCosts: (db, of) => calls.projectCosts(db, of.projectId),
    spentSince: async (db) =>
      (await calls.spentSince(db, LONG_AGO)) === 1_000_003 ? 'ours' : 'CANARY: somebody else was counted',
    providerRecord: (db) => calls.providerRecord(db, LONG_AGO),
  }),
  'catalogue.ts': walk(catalogue, { listCatalogue: (db) => catalogue.listCatalogue(db) }),
  'members.ts': walk(members, {
    listMembers: (db) => members.listMembers(db),
    memberNames: (db, of) => members.memberNames(db, [of.memberId]).then((names) => Object.values(names)),
  }),
  'projects.ts': walk(projects, {
    createProject: (db) => projects.createProject(db, { kind: 'dub', title: 'new', request: {}, requestedBy: 'm' }),
    findProjectByNumber: (db, of) => projects.findProjectByNumber(db, of.number),
    listProjects: (db) => projects.listProjects(db, { limit: 100 }),
  }),
  'provider-settings.ts': walk(providerSettings, {
    sealedSecrets: async (db) => (await providerSettings.sealedSecrets(db)).map(({ name }) => name),
    monthlyCap: async (db) => (await providerSettings.monthlyCap(db)) ?? 'ours: no cap',
  }),
  'record-call.ts': walk(recordCall, {
    recordCall: async (db, of) => {
      const call = {
        capability: 'speech',
        provider: 'new',
        model: null,
        outcome: 'ok',
        durationMs: 1,
        costMicros: 0,
        units: {},
      }
      await recordCall.recordCall(db, {
        ...call,
        projectId: of.projectId === 'prj_ours' ? of.projectId : null,
        stepId: null,
      })
      return 'new'
    },
  }),
  'runs.ts': walk(runs, {
    newestRun: (db, of) => runs.newestRun(db, of.projectId),
    listSteps: (db, of) => runs.listSteps(db, of.runId),
    listOpenRuns: (db) => runs.listOpenRuns(db, 100),
  }),
}
