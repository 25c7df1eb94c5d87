import { html } from './html.js'
import { Icon } from './icons.js'
import { dismissToast, useStore } from './store.js'
import { t } from './words.js'

export function Toasts() {
  const toasts = useStore((state) => state.toasts)
  const online = useStore((state) => state.online)
  const member = useStore((state) => state.member)
  return html`<div class="toasts" role="status" aria-live="polite">
    ${!online && member && html`<div class="toast" data-tone="working"><span class="spinner"></span><span>${t('offline')}</span></div>`}
    ${toasts.map(
      ({ id, text, tone }) =>
        html` <div class="toast" key=${id} data-tone=${tone}>
          <${Icon} name=${tone} />
          <span>${text}</span>
          <button type="button" class="plain" aria-label=${t('dismiss')} onClick=${() => dismissToast(id)}>
            <${Icon} name="close" size="16" />
          </button>
        </div>`,
    )}
  </div>`
}
