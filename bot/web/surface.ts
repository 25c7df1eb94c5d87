import { WEB_CAPS } from '../fit.ts'
import type { Surface } from '../surface.ts'

/** The web room as a surface. Its posts are the rows themselves: PostgreSQL tells the readers, nothing is sent. */
export function createWebSurface(): Surface {
  return {
    id: 'web',
    caps: WEB_CAPS,
    editGapMs: 250,
    openThread: ({ threadId }) => Promise.resolve(threadId),
    send: (_thread, post) => Promise.resolve(post.postId),
    edit: () => Promise.resolve(),
    find: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  }
}
