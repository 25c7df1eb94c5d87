import { getState } from './store.js'

let expecting = 0

/** How long after a decision the next card that asks may take the focus, ms. */
const EXPECT_MS = 20_000

/** Moves to the next card that waits: in this thread, else in the next thread that has one. */
export function focusNextAsk(after) {
  const cards = [...document.querySelectorAll('article[data-asks="true"]')].filter((card) => card !== after)
  const next =
    cards.find((card) => !after || after.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING) ?? cards[0]
  if (next) return focusCard(next)
  const { threads, open } = getState()
  const other = threads.find((thread) => thread.id !== open && thread.waiting > 0)
  if (other && !after) location.hash = `#/t/${other.id}`
  expecting = Date.now() + EXPECT_MS
  return false
}

export function focusCard(card) {
  expecting = 0
  card.focus({ preventScroll: true })
  card.scrollIntoView({
    block: 'nearest',
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
  })
  return true
}

/** A new card that asks: it takes the focus when its person has just decided another one and did nothing since. */
export function welcomeAsk(card) {
  const idle =
    document.activeElement === document.body || document.activeElement?.closest('article[data-asks]') !== null
  if (Date.now() < expecting && idle) focusCard(card)
}
