import { getState, change } from './store.js'
import { t } from './words.js'

/** How many cards wait for a decision, over all threads. */
export function waitingCount(threads) {
  return threads.reduce((sum, thread) => sum + (thread.waiting ?? 0), 0)
}

/** The tab's title says what waits, also when nobody looks at it. */
export function followTitle() {
  let shown = ''
  setInterval(() => {
    const { threads, open, member } = getState()
    if (!member) return
    const count = waitingCount(threads)
    const thread = threads.find((line) => line.id === open)
    const title = [count > 0 ? `(${count})` : '', thread && open !== 'lobby' ? `${thread.title} ·` : '', t('title')]
      .filter(Boolean)
      .join(' ')
    if (title === shown) return
    shown = title
    document.title = title
  }, 300)
  // times like "2 min. ago" grow old
  setInterval(() => change({}), 30_000)
}
