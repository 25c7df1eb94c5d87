import { useState } from 'preact/hooks'
import { call } from './api.js'
import { ago, percent } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { unfollow } from './live.js'
import { complain, enter } from './room.js'
import { change, useStore } from './store.js'
import { currentTheme, setTheme, THEMES } from './theme.js'
import { t } from './words.js'

/** From here on a list is worth searching. */
const FILTER_FROM = 8

export function ThreadList() {
  const threads = useStore((state) => state.threads)
  const open = useStore((state) => state.open)
  const [filter, setFilter] = useState('')
  useStore((state) => state)
  const shown = threads.filter((thread) => thread.title.toLowerCase().includes(filter.trim().toLowerCase()))
  const lobby = shown.filter((thread) => thread.id === 'lobby')
  const others = shown.filter((thread) => thread.id !== 'lobby')
  return html`<nav class="threads" id="threads" aria-label=${t('threads')}>
    <header class="brand">
      <img src="/room/assets/icon.svg" width="28" height="28" alt="" />
      <strong>${t('title')}</strong>
      <button
        type="button"
        class="plain drawer-close"
        aria-label=${t('closeThreads')}
        onClick=${() => change({ drawer: false })}
      >
        <${Icon} name="close" />
      </button>
    </header>
    ${threads.length >= FILTER_FROM && html`<input class="filter" type="search" placeholder=${t('filter')} aria-label=${t('filter')} value=${filter} onInput=${(event) => setFilter(event.currentTarget.value)} />`}
    <ul>
      ${[...lobby, ...others].map((thread) => html`<${ThreadLine} key=${thread.id} thread=${thread} current=${thread.id === open} />`)}
    </ul>
    ${shown.length === 0 && filter !== '' && html`<p class="muted none">${t('noMatch')}</p>`}
    <${Footer} />
  </nav>`
}

function ThreadLine({ thread, current }) {
  const { id, title, updatedAt, tone, waiting, progress } = thread
  const lobby = id === 'lobby'
  const state = waiting > 0 ? 'ask' : tone
  return html`<li>
    <a href=${`#/t/${id}`} aria-current=${current ? 'page' : undefined} onClick=${() => change({ drawer: false })}>
      <span class="dot" data-tone=${lobby ? 'info' : state}><${Icon} name=${lobby ? 'lobby' : state} size="16" /></span>
      <span class="line">
        <span class="name">${title}</span>
        <span class="note"
          >${lobby ? t('lobbyNote') : html`${t(`tone.${state}`)}${progress && state === 'working' ? ` · ${percent(progress.ratio)}` : ''} · <time datetime=${updatedAt}>${ago(updatedAt)}</time>`}</span
        >
        ${progress && tone === 'working' && html`<span class="thin"><i style=${{ width: percent100(progress.ratio) }}></i></span>`}
      </span>
      ${waiting > 0 && html`<span class="badge" aria-label=${t('waiting', { count: waiting })}>${waiting}</span>`}
    </a>
  </li>`
}

function percent100(ratio) {
  return `${Math.round(ratio * 100)}%`
}

function Footer() {
  const member = useStore((state) => state.member)
  const [theme, choose] = useState(currentTheme())
  const names = { auto: t('themeAuto'), light: t('themeLight'), dark: t('themeDark') }

  async function leave() {
    try {
      unfollow()
      await call('DELETE', '/room/session')
      await enter()
    } catch (error) {
      complain(error)
    }
  }

  return html`<footer class="me">
    <span class="avatar" aria-hidden="true">${member?.name.slice(0, 1)}</span>
    <span class="who"><strong>${member?.name}</strong><span class="muted">${member?.role}</span></span>
    <label class="theme" title=${t('theme')}>
      <span class="sr">${t('theme')}</span><${Icon} name="theme" size="18" />
      <select
        value=${theme}
        onChange=${(event) => {
          setTheme(event.currentTarget.value)
          choose(event.currentTarget.value)
        }}
      >
        ${THEMES.map((name) => html`<option value=${name}>${names[name]}</option>`)}
      </select>
    </label>
    <button
      type="button"
      class="plain keyboard"
      aria-label=${t('shortcuts')}
      title=${t('shortcuts')}
      onClick=${() => change({ help: true })}
    >
      <${Icon} name="keyboard" />
    </button>
    <button type="button" class="plain" aria-label=${t('signOut')} title=${t('signOut')} onClick=${leave}>
      <${Icon} name="leave" />
    </button>
  </footer>`
}
