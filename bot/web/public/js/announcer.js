import { html } from './html.js'
import { useStore } from './store.js'

/** Says to screen readers what others see come. */
export function Announcer() {
  const announced = useStore((state) => state.announced)
  return html`<div class="sr" role="status" aria-live="polite">${announced}</div>`
}
