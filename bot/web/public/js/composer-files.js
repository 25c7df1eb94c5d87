import { useRef } from 'preact/hooks'
import { bytes, percent } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { t } from './words.js'

/** Files that go with the message. */
export function Chosen({ files, setFiles }) {
  if (files.length === 0) return null
  return html`<ul class="chosen">
    ${files.map(
      (file, index) =>
        html`<li>
          <${Icon} name="file" size="16" /><span class="file-name">${file.name}</span
          ><span class="muted">${bytes(file.size)}</span>
          <button
            type="button"
            class="plain"
            aria-label=${t('remove', { name: file.name })}
            onClick=${() => setFiles(files.filter((_, other) => other !== index))}
          >
            <${Icon} name="close" size="14" />
          </button>
        </li>`,
    )}
  </ul>`
}

/** How far they are up. */
export function Sending({ sending }) {
  if (sending?.ratio === undefined) return null
  return html`<div class="sending" role="status">
    <span class="thin"><i style=${{ width: `${sending.ratio * 100}%` }}></i></span>
    <span>${t('uploading', { percent: percent(sending.ratio) })}</span>
    <button type="button" class="link" onClick=${() => sending.stop.abort()}>${t('cancel')}</button>
  </div>`
}

/** Asks for files. */
export function Attach({ onFiles }) {
  const picker = useRef(null)
  const take = (event) => {
    onFiles([...event.currentTarget.files])
    event.currentTarget.value = ''
  }
  return html`<button
      type="button"
      class="plain"
      aria-label=${t('attach')}
      title=${t('attach')}
      onClick=${() => picker.current.click()}
    >
      <${Icon} name="attach" size="22" />
    </button>
    <input ref=${picker} type="file" multiple hidden onChange=${take} />`
}
