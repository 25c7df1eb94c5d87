import { useEffect, useRef } from 'preact/hooks'
import { html } from './html.js'
import { Icon } from './icons.js'
import { change, useStore } from './store.js'
import { t } from './words.js'

const LIST = [
  [['/'], 'shortcutSlash'],
  [['n'], 'shortcutNext'],
  [['j', 'k'], 'shortcutThreads'],
  [['?'], 'shortcutHelp'],
  [['Esc'], 'shortcutEscape'],
]

export function ShortcutHelp() {
  const help = useStore((state) => state.help)
  const dialog = useRef(null)
  useEffect(() => {
    if (help) dialog.current?.showModal()
    else dialog.current?.close()
  }, [help])
  return html`<dialog
    class="dialog"
    ref=${dialog}
    onClose=${() => change({ help: false })}
    aria-labelledby="help-title"
  >
    <header>
      <h2 id="help-title">${t('shortcuts')}</h2>
      <button type="button" class="plain" aria-label=${t('dismiss')} onClick=${() => change({ help: false })}>
        <${Icon} name="close" />
      </button>
    </header>
    <dl class="keys">
      ${LIST.map(
        ([keys, words]) =>
          html`<div>
            <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${t(words)}</dd>
          </div>`,
      )}
    </dl>
  </dialog>`
}
