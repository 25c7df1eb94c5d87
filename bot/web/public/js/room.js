import { call, Refusal } from './api.js'
import { announce, change, getState, toast } from './store.js'
import { t, useWords } from './words.js'

/** Who I am and the page's words; a stranger is shown the door. */
export async function enter() {
  const me = await call('GET', '/room/me')
  useWords(me)
  change({ member: me.member ?? null, locale: me.locale })
  if (!me.member) return
  await Promise.all([loadThreads(), loadCommands()])
}

/** What a message may have changed besides its thread: my language, and what can be typed. */
export async function refresh() {
  const me = await call('GET', '/room/me')
  if (me.locale !== getState().locale) useWords(me)
  change({ locale: me.locale })
  await Promise.all([loadThreads(), loadCommands()])
}

export async function loadThreads() {
  change({ threads: await call('GET', '/room/threads') })
}

export async function loadCommands() {
  change({ commands: await call('GET', '/room/commands') })
}

/** Opens a thread and reads its posts. */
export async function openThread(id) {
  change({ open: id, drawer: false })
  await loadPosts(id)
}

export async function loadPosts(id) {
  try {
    const thread = await call('GET', `/room/threads/${encodeURIComponent(id)}`)
    change(({ posts }) => ({ posts: { ...posts, [id]: merge(posts[id] ?? [], thread.posts) } }))
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 404)) throw error
    location.hash = '#/t/lobby'
  }
}

/** A post came or changed. Older than what is known (a replay): nothing. */
export function receive({ thread, post }) {
  const { posts, threads } = getState()
  const known = posts[thread]?.find((other) => other.id === post.id)
  if (known && known.revision >= post.revision) return
  if (posts[thread]) change({ posts: { ...posts, [thread]: merge(posts[thread], [post]) } })
  if (!known && post.card.title && post.card.tone !== 'working') announce(t('newPost', { title: post.card.title }))
  if (threads.some((line) => line.id === thread)) noteChange(thread, post)
  soonLoadThreads()
}

/** The list of threads follows at once; the server's own summary comes a moment later. */
function noteChange(thread, post) {
  if (post.key !== 'status') return
  const { tone, progress } = post.card
  change(({ threads }) => ({
    threads: threads.map((line) => (line.id === thread ? { ...line, tone, progress } : line)),
  }))
}

let listTimer

function soonLoadThreads() {
  listTimer ??= setTimeout(() => {
    listTimer = undefined
    loadThreads().catch(() => undefined)
  }, 400)
}

function merge(known, fresh) {
  const byId = new Map(known.map((post) => [post.id, post]))
  for (const post of fresh) if (!(byId.get(post.id)?.revision > post.revision)) byId.set(post.id, post)
  return [...byId.values()].sort((a, b) => a.postedAt.localeCompare(b.postedAt) || a.id.localeCompare(b.id))
}

/** Tells a person what was refused; a session that ended leads back to the door. */
export function complain(error) {
  if (!(error instanceof Refusal)) {
    toast(String(error?.message ?? error), 'failed')
    return
  }
  if (error.status === 409 && error.problem.by) {
    const verb = t(`verbs.${error.problem.decision}`)
    toast(t('decided', { name: error.problem.by, verb }), 'info')
  } else if (error.status === 410) toast(t('stale'), 'info')
  else toast(error.status === 0 ? t('offline') : error.message, 'failed')
  if (error.status === 403 && getState().member) enter().catch(() => undefined)
}
