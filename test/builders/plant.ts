import type { Scope } from '#domain/scope.ts'
import type { Database } from '#prisma/client.ts'

/** Ids of what was planted, all of them with the tag in them. */
export interface Planted {
  readonly scope: Scope
  readonly roomId: string
  readonly memberId: string
  readonly projectId: string
  readonly number: number
  readonly runId: string
  readonly stepId: string
  readonly revisionId: string
  readonly artifactId: string
  readonly threadId: string
  readonly postId: string
  readonly token: string
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z')
const FAR_AHEAD = new Date('2099-01-01T00:00:00Z')

/** A workspace with one row of every tenant model; `tag` is in every text of it. */
export async function plantWorkspace(database: Database, tag: string, number: number): Promise<Planted> {
  const { prisma } = database
  const workspaceId = `wsp_${tag}`
  const memberId = `mbr_${tag}`
  const roomId = `rom_${tag}`
  await prisma.workspace.create({ data: { id: workspaceId, name: tag, projectCount: 1_000 } })
  await prisma.room.create({ data: { id: roomId, workspaceId, surface: 'web', externalId: tag } })
  await prisma.member.create({
    data: { id: memberId, workspaceId, surface: 'web', externalId: tag, name: tag, role: 'admin' },
  })
  await prisma.invite.create({
    data: {
      id: `inv_${tag}`,
      workspaceId,
      tokenHash: `invite-${tag}`,
      name: tag,
      role: 'viewer',
      expiresAt: FAR_AHEAD,
    },
  })
  await prisma.session.create({
    data: { id: `ses_${tag}`, workspaceId, memberId, tokenHash: `session-${tag}`, expiresAt: FAR_AHEAD },
  })
  await prisma.setting.create({ data: { workspaceId, key: `key-${tag}`, value: { tag } } })
  await prisma.secret.create({ data: { workspaceId, name: `SECRET_${tag}`, ciphertext: Buffer.from(tag) } })
  await prisma.catalogue.create({
    data: { workspaceId, capability: 'speech', provider: `provider-${tag}`, available: true, details: { tag } },
  })
  return await plantNiche(database, { workspaceId, roomId, memberId, tag, number, isDefault: true })
}

/** A niche of a workspace with one row of every model that belongs to a niche. */
export async function plantNiche(
  database: Database,
  at: { workspaceId: string; roomId: string; memberId: string; tag: string; number: number; isDefault?: boolean },
): Promise<Planted> {
  const { prisma } = database
  const { workspaceId, roomId, memberId, tag, number } = at
  const scope = { workspaceId, nicheId: `nch_${tag}` }
  const ids = {
    projectId: `prj_${tag}`,
    runId: `run_${tag}`,
    stepId: `stp_${tag}`,
    revisionId: `rev_${tag}`,
    artifactId: `art_${tag}`,
    threadId: `thr_${tag}`,
    postId: `pst_${tag}`,
    token: `a:${tag}`,
  }
  const { projectId, runId, stepId, threadId } = ids
  await prisma.niche.create({ data: { id: scope.nicheId, workspaceId, name: tag, isDefault: at.isDefault ?? false } })
  await prisma.project.create({
    data: {
      ...scope,
      id: projectId,
      number,
      kind: 'dub',
      title: tag,
      request: { tag },
      requestedBy: memberId,
      reviewers: [memberId],
    },
  })
  await prisma.run.create({ data: { ...scope, id: runId, projectId, ordinal: 1, plan: { tag }, status: 'waiting' } })
  await prisma.step.create({
    data: {
      ...scope,
      id: stepId,
      projectId,
      runId,
      node: `transcript-${tag}`,
      kind: 'checkpoint',
      stage: 'transcript',
      resource: '',
      status: 'waiting_person',
      readyAt: LONG_AGO,
      subject: { tag },
      output: { tag },
    },
  })
  await prisma.revision.create({
    data: {
      ...scope,
      id: ids.revisionId,
      stepId,
      number: 2,
      status: 'pending',
      review: { tag },
      changes: [{ tag }],
      memberId,
    },
  })
  await prisma.reminder.create({ data: { ...scope, stepId, hours: 4 } })
  await prisma.stepResult.create({ data: { ...scope, key: `result-${tag}`, output: { tag }, expiresAt: FAR_AHEAD } })
  await prisma.artifact.create({
    data: {
      ...scope,
      id: ids.artifactId,
      projectId,
      stepId,
      sha256: 'f'.repeat(64),
      kind: 'video',
      mime: 'video/mp4',
      bytes: 1n,
      name: tag,
    },
  })
  await prisma.providerCall.create({
    data: {
      ...scope,
      id: `cal_${tag}`,
      projectId,
      stepId,
      capability: 'speech',
      provider: `provider-${tag}`,
      outcome: 'ok',
      durationMs: 1,
      costMicros: 1_000_003n,
    },
  })
  await prisma.thread.create({ data: { id: threadId, workspaceId, roomId, projectId, title: tag } })
  await prisma.post.create({
    data: {
      id: ids.postId,
      workspaceId,
      roomId,
      threadId,
      projectId,
      key: 'status',
      card: { tag },
      cardHash: tag,
      nonce: tag,
    },
  })
  await prisma.action.create({
    data: {
      token: ids.token,
      workspaceId,
      roomId,
      threadId,
      projectId,
      identity: ids.token,
      name: `action-${tag}`,
      verb: 'approve',
      target: stepId,
      version: 1,
      role: 'editor',
      oneShot: true,
    },
  })
  return { scope, roomId, memberId, number, ...ids }
}
