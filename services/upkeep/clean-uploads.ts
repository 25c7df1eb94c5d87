import { forgetUnusedUploads } from '#prisma/queries/system/unused-uploads.ts'
import { releaseBytes } from '../artifacts/release-bytes.ts'
import type { UpkeepContext } from './context.ts'

/** How long a file that was sent may be offered before somebody takes it up. */
const KEEP_MS = 86_400_000

/** Removes files that were sent a day ago and that no project took. Returns how many. */
export async function cleanUploads(ctx: UpkeepContext): Promise<number> {
  const { db, storage, log } = ctx
  const before = new Date(ctx.now().getTime() - KEEP_MS)
  const sha256s = await forgetUnusedUploads(db, { before, limit: 1000 })
  await releaseBytes({ db, storage, sha256s, log })
  if (sha256s.length > 0) log.info({ files: sha256s.length }, 'unused uploads removed')
  return sha256s.length
}
