import { focusNextAsk } from './focus.js'
import { change, getState } from './store.js'

/** One key each, and never while somebody writes. */
export function listenToKeys() {
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return closeWhatIsOpen()
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || !getState().member) return
    const act = KEYS[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
}

const KEYS = {
  '/': () => startWriting('/'),
  n: () => focusNextAsk(),
  j: () => moveThread(1),
  k: () => moveThread(-1),
  '?': () => change({ help: true }),
}

function isWriting(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

function startWriting(text) {
  const box = document.getElementById('message')
  if (!box) return
  box.focus()
  if (box.value !== '') return
  box.value = text
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

function closeWhatIsOpen() {
  if (getState().help || getState().drawer) change({ help: false, drawer: false })
}

function moveThread(step) {
  const { threads, open } = getState()
  const next = threads[threads.findIndex((thread) => thread.id === open) + step]
  if (next) location.hash = `#/t/${next.id}`
}
