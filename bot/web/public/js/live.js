import { loadPosts, loadThreads, receive } from './room.js'
import { change, getState, toast } from './store.js'
import { t } from './words.js'

let source

/** Follows the room: every change of a post comes as an event; after a break the browser resumes where it was. */
export function follow() {
  source?.close()
  let broken = false
  source = new EventSource('/room/events')
  source.addEventListener('post', (event) => receive(JSON.parse(event.data)))
  source.onopen = () => {
    change({ online: true })
    if (!broken) return
    broken = false
    toast(t('online'), 'done')
    // what was missed comes by replay; the list may have changed in other ways
    loadThreads().catch(() => undefined)
    loadPosts(getState().open).catch(() => undefined)
  }
  source.onerror = () => {
    broken = true
    change({ online: false })
    // closed for good (the server refused): try again by ourselves
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 3000)
  }
}

export function unfollow() {
  source?.close()
}
