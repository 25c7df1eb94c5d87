import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Composer } from './composer.js'
import { DropZone } from './drop-zone.js'
import { focusNextAsk } from './focus.js'
import { duration, percent } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { Post, Said } from './post.js'
import { change, useStore } from './store.js'
import { waitingCount } from './title.js'
import { Welcome } from './welcome.js'
import { t } from './words.js'

/** How near to the end somebody must be for new posts to scroll into view, px. */
const NEAR = 160

export function ThreadView() {
  const open = useStore((state) => state.open)
  const posts = useStore((state) => state.posts[state.open])
  const said = useStore((state) => state.said[state.open]) ?? []
  const [files, setFiles] = useState([])
  const entries = timeline(posts ?? [], said)
  const { scroller, more, toEnd } = useFollow(open, entries)
  return html`<main class="thread" id="conversation" tabindex="-1">
    <${Header} posts=${posts} />
    <${DropZone} onFiles=${(more) => setFiles([...files, ...more])}>
      <div class="scroll" ref=${scroller}>
        <div class="column" role="feed" aria-busy=${posts === undefined}>
          ${posts === undefined && html`<p class="muted center" role="status"><span class="spinner"></span> ${t('loading')}</p>`}
          ${posts && entries.length === 0 && (open === 'lobby' ? html`<${Welcome} />` : html`<p class="muted center">${t('emptyThread')}</p>`)}
          ${entries.map((entry) => (entry.card ? html`<${Post} key=${entry.id} post=${entry} newest=${newest(posts, entry)} />` : html`<${Said} key=${entry.id} said=${entry} />`))}
        </div>
      </div>
      ${more && html`<button type="button" class="to-end" onClick=${toEnd}><${Icon} name="down" size="18" /> ${t('newPosts')}</button>`}
    <//>
    <${Composer} files=${files} setFiles=${setFiles} />
  </main>`
}

function Header({ posts }) {
  const open = useStore((state) => state.open)
  const threads = useStore((state) => state.threads)
  const drawer = useStore((state) => state.drawer)
  const thread = threads.find((line) => line.id === open)
  const status = posts?.findLast((post) => post.key === 'status')?.card
  const progress = status?.tone === 'done' ? undefined : status?.progress
  const count = waitingCount(threads)
  const asks = posts?.some((post) => post.card.tone === 'ask' && post.card.buttons)
  return html`<header class="bar">
    <button
      type="button"
      class="plain drawer-open"
      aria-label=${t('openThreads')}
      aria-expanded=${drawer}
      aria-controls="threads"
      onClick=${() => change({ drawer: true })}
    >
      <${Icon} name="menu" size="22" />${count > 0 && html`<span class="badge">${count}</span>`}
    </button>
    <div class="heading">
      <h1>${open === 'lobby' ? t('lobby') : (thread?.title ?? '')}</h1>
      ${progress && html`<span class="muted progress-note">${percent(progress.ratio)}${progress.note ? ` · ${progress.note}` : ''}${progress.etaSeconds === undefined ? '' : ` · ${t('left', { time: duration(progress.etaSeconds) })}`}</span>`}
    </div>
    ${(asks || count > 0) && html`<button type="button" class="chip ask" onClick=${() => focusNextAsk()}><${Icon} name="ask" size="18" /><span>${t('waiting', { count: Math.max(1, count) })}</span></button>`}
    ${progress && html`<span class="edge" aria-hidden="true"><i style=${{ width: `${progress.ratio * 100}%` }} data-tone=${status.tone}></i></span>`}
  </header>`
}

/** Posts and what I typed, in order of time. */
function timeline(posts, said) {
  return [...posts, ...said].sort((a, b) => (a.postedAt ?? a.at).localeCompare(b.postedAt ?? b.at))
}

/** Whether no later post has the same key: an older one is history. */
function newest(posts, post) {
  return posts.findLast((other) => other.key === post.key)?.id === post.id
}

/** To the end, or to the head of a last post that is longer than the page. @returns whether it stays there */
function toNewest(box) {
  box.scrollTop = box.scrollHeight
  const head = box.querySelector('article:last-of-type')?.getBoundingClientRect().top ?? 0
  const above = box.getBoundingClientRect().top + 14 - head
  if (above > 0) box.scrollTop -= above
  return above > 0
}

const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown']

/** Stays at the end while somebody reads there; otherwise says that there is more. */
function useFollow(open, entries) {
  const scroller = useRef(null)
  const near = useRef(true)
  const opened = useRef()
  // a thread that was opened at a question stays there until its reader moves
  const held = useRef(false)
  const [more, setMore] = useState(false)
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: 'smooth' })
  useLayoutEffect(() => {
    near.current = true
    setMore(false)
  }, [open])
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || entries.length === 0) return
    const first = opened.current !== open
    opened.current = open
    const asks = first && box.querySelector('article[data-asks="true"]')
    if (asks) {
      // a thread that waits for somebody opens at what it asks
      near.current = false
      held.current = true
      box.scrollTop += asks.getBoundingClientRect().top - box.getBoundingClientRect().top - 14
    } else if (first) {
      held.current = toNewest(box)
      near.current = !held.current
    } else if (near.current) box.scrollTop = box.scrollHeight
    else setMore(true)
  }, [open, entries.length])
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    const release = () => (held.current = false)
    const look = () => {
      if (held.current) return
      near.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
      if (near.current) setMore(false)
    }
    box.addEventListener('scroll', look, { passive: true })
    for (const kind of MOVES) addEventListener(kind, release, { passive: true })
    // cards grow when their media is known
    const grows = new ResizeObserver(() => near.current && (box.scrollTop = box.scrollHeight))
    grows.observe(box.firstElementChild)
    return () => {
      box.removeEventListener('scroll', look)
      for (const kind of MOVES) removeEventListener(kind, release)
      grows.disconnect()
    }
  }, [])
  return { scroller, more, toEnd }
}
