import { useEffect, useState } from 'preact/hooks'

/** What the page knows. Components read it by `useStore`, everything else changes it by `change`. */
const state = {
  /** undefined: not asked yet; null: a stranger */
  member: undefined,
  locale: 'en',
  threads: [],
  /** posts by thread, in order of time: loaded when a thread is opened, then kept up to date by events */
  posts: {},
  open: 'lobby',
  /** what I typed in this visit, by thread: [{ id, text, at }] */
  said: {},
  online: true,
  drawer: false,
  toasts: [],
  announced: '',
  commands: { commands: [], suggestions: {} },
  help: false,
}

const readers = new Set()

export function getState() {
  return state
}

export function change(next) {
  Object.assign(state, typeof next === 'function' ? next(state) : next)
  for (const reader of readers) reader()
}

export function useStore(select) {
  const [value, setValue] = useState(() => select(state))
  useEffect(() => {
    const read = () => setValue(() => select(state))
    readers.add(read)
    read()
    return () => readers.delete(read)
  }, [])
  return value
}

let nextToast = 1

/** A notice that goes by itself; a failure stays longer. */
export function toast(text, tone = 'info') {
  const id = nextToast++
  change(({ toasts }) => ({ toasts: [...toasts.slice(-3), { id, text, tone }] }))
  setTimeout(() => dismissToast(id), tone === 'failed' ? 9000 : 4500)
}

export function dismissToast(id) {
  change(({ toasts }) => ({ toasts: toasts.filter((known) => known.id !== id) }))
}

/** Says something to who listens to the page. */
export function announce(text) {
  change({ announced: text })
}
