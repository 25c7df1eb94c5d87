import type { Readable } from 'node:stream'
import yazl from 'yazl'
import { AppError, toAppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '../context.ts'
import { currentRun } from './control-run.ts'
import { projectFiles } from './project-files.ts'

/**
 * Everything of a project in one zip: source, transcripts, translations, results, reports, and `project.json` with what was
 * asked and decided. Streamed, so that its size does not matter; earlier exports are replaced.
 */
export async function exportProject(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
}): Promise<ArtifactRef> {
  const { ctx, projectId } = request
  const project = await ctx.db.project.findFirst({ where: { id: projectId, deletedAt: null } })
  if (project === null) throw new AppError('NOT_FOUND', 'no such project')
  const files = (await projectFiles({ ctx, projectId, all: true })).filter((file) => file.kind !== 'archive')
  const zip = new yazl.ZipFile()
  const { id: _, workspaceId: __, nicheId: ___, ...facts } = project
  zip.addBuffer(
    Buffer.from(JSON.stringify({ ...facts, decisions: await decisions(ctx, projectId) }, undefined, 2)),
    'project.json',
  )
  for (const [name, file] of uniqueNames(files)) addFile(ctx, zip, name, file)
  zip.end()
  // yazl makes a readable stream, typed as the older interface
  const stored = await ctx.storage.put(zip.outputStream as Readable)
  const name = `${project.kind}-${project.number}.zip`
  const old = await ctx.db.artifact.findMany({
    where: { projectId, kind: 'archive' },
    select: { id: true, sha256: true },
  })
  const archive = await createArtifact(ctx.db, { ...stored, projectId, kind: 'archive', mime: 'application/zip', name })
  await ctx.db.artifact.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
  await ctx.releaseBytes?.(old.map(({ sha256 }) => sha256).filter((sha256) => sha256 !== stored.sha256))
  ctx.log.info({ projectId, files: files.length, bytes: stored.bytes, memberId: ctx.member.id }, 'project exported')
  return archive
}

/** Media are compressed already: stored, with their bytes known ahead. A file that cannot be read breaks the zip off. */
function addFile(ctx: ServiceContext, zip: yazl.ZipFile, name: string, file: ArtifactRef): void {
  zip.addReadStreamLazy(
    name,
    { compress: file.mime.startsWith('text/') || file.mime === 'application/json', size: file.bytes },
    (deliver) => {
      ctx.storage.open(file.sha256).then(
        (stream) => deliver(null, stream),
        (error: unknown) => (zip.outputStream as Readable).destroy(toAppError(error)),
      )
    },
  )
}

/** No two alike, and none that leaves the folder it is unpacked in. */
function uniqueNames(files: readonly ArtifactRef[]): [string, ArtifactRef][] {
  const used = new Set(['project.json'])
  return files.map((file) => {
    const safe = file.name.replaceAll(/[\\/\u0000-\u001F:]/gu, '_').replace(/^\.+/u, '_') || 'file'
    let name = safe
    for (let count = 2; used.has(name); count++) name = safe.replace(/(\.[^.]*)?$/u, ` (${count})$1`)
    used.add(name)
    return [name, file]
  })
}

async function decisions(ctx: ServiceContext, projectId: string) {
  const run = await currentRun(ctx, projectId)
  return ctx.db.step.findMany({
    where: { runId: run.id, kind: 'checkpoint', decision: { not: null } },
    select: {
      node: true,
      fanKey: true,
      generation: true,
      revision: true,
      decision: true,
      decidedBy: true,
      finishedAt: true,
    },
    orderBy: { finishedAt: 'asc' },
  })
}
