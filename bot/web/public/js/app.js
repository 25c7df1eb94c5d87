import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { Announcer } from './announcer.js'
import { html } from './html.js'
import { follow } from './live.js'
import { complain, enter, openThread } from './room.js'
import { ShortcutHelp } from './shortcut-help.js'
import { listenToKeys } from './shortcuts.js'
import { SignIn } from './sign-in.js'
import { change, getState, useStore } from './store.js'
import { applyTheme } from './theme.js'
import { ThreadList } from './thread-list.js'
import { ThreadView } from './thread-view.js'
import { followTitle } from './title.js'
import { Toasts } from './toasts.js'
import { t } from './words.js'

function App() {
  const member = useStore((state) => state.member)
  const drawer = useStore((state) => state.drawer)
  useStore((state) => state.locale)
  useEffect(() => {
    if (member) follow()
  }, [member?.id])
  if (member === undefined) return html`<div class="splash" role="status"><span class="spinner"></span></div>`
  if (member === null) return html`<${SignIn} /><${Toasts} />`
  return html`
    <a class="skip" href="#conversation" onClick=${skip}>${t('skip')}</a>
    <div class="room" data-drawer=${drawer ? 'open' : 'closed'}>
      <${ThreadList} />
      <button
        class="scrim"
        type="button"
        tabindex="-1"
        aria-hidden="true"
        onClick=${() => change({ drawer: false })}
      ></button>
      <${ThreadView} />
    </div>
    <${Toasts} />
    <${ShortcutHelp} />
    <${Announcer} />
  `
}

/** The hash is the router's: the skip link moves the focus itself. */
function skip(event) {
  event.preventDefault()
  document.getElementById('conversation')?.focus()
}

function route() {
  const id = /^#\/t\/([\w:-]+)$/.exec(location.hash)?.[1] ?? 'lobby'
  openThread(id).catch(complain)
}

applyTheme()
render(html`<${App} />`, document.getElementById('app'))
listenToKeys()
followTitle()
addEventListener('hashchange', () => getState().member && route())
try {
  await enter()
  if (getState().member) route()
} catch (error) {
  complain(error)
}
