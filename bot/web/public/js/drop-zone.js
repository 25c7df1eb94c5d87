import { useEffect, useState } from 'preact/hooks'
import { html } from './html.js'
import { Icon } from './icons.js'
import { t } from './words.js'

/** Files can be dropped anywhere on the page. */
export function DropZone({ onFiles, children }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const has = (event) => event.dataTransfer?.types.includes('Files')
    const count = (step) => (event) => {
      if (!has(event)) return
      event.preventDefault()
      depth = Math.max(0, depth + step)
      setOver(depth > 0)
    }
    const listeners = {
      dragenter: count(1),
      dragleave: count(-1),
      dragover: (event) => has(event) && event.preventDefault(),
      drop: (event) => {
        if (!has(event)) return
        event.preventDefault()
        depth = 0
        setOver(false)
        onFiles([...event.dataTransfer.files])
      },
    }
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener)
    }
  }, [onFiles])
  return html`<div class="stage">
    ${children}
    ${over && html`<div class="drop" aria-hidden="true"><${Icon} name="attach" size="40" /><strong>${t('drop')}</strong><span>${t('dropNote')}</span></div>`}
  </div>`
}
