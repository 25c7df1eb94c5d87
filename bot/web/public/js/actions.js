import { useEffect, useRef, useState } from 'preact/hooks'
import { CardForm } from './card-form.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { t } from './words.js'

/** What cannot be taken back is asked twice. */
const ASK_TWICE = new Set(['cancel', 'delete'])

export function Actions({ card, acting }) {
  const { buttons = [], select, form } = card
  const [open, setOpen] = useState(false)
  // a form is all there is to do here: it is open; one that changes what is finished is not
  const alone = buttons.length === 0 && !select && form?.verb !== 'edit'
  const shown = alone || open || acting.line !== undefined
  useEffect(() => {
    if (!form) setOpen(false)
  }, [form?.token])
  if (buttons.length === 0 && !select && !form) return null
  const close = () => {
    setOpen(false)
    acting.closeLine()
  }
  return html`<div class="actions">
    ${
      (buttons.length > 0 || select || (form && !shown)) &&
      html`<div class="row">
        ${buttons.map((button) => html`<${ActionButton} key=${button.token} button=${button} acting=${acting} />`)}
        ${form && !shown && html`<button type="button" class="secondary" aria-expanded="false" disabled=${acting.busy !== undefined} onClick=${() => setOpen(true)}><${Icon} name=${form.verb === 'upload' ? 'attach' : 'edit'} size="18" />${form.label}</button>`}
        ${select && html`<${Choice} select=${select} acting=${acting} />`}
      </div>`
    }
    ${form && shown && html`<${CardForm} form=${form} acting=${acting} onClose=${alone ? undefined : close} />`}
  </div>`
}

function ActionButton({ button, acting }) {
  const { token, verb, label, style } = button
  const [asked, setAsked] = useState(false)
  const yes = useRef(null)
  useEffect(() => {
    if (asked) yes.current?.focus()
  }, [asked])
  const busy = acting.busy === token
  const click = () => (ASK_TWICE.has(verb) && !asked ? setAsked(true) : acting.act(token).then(() => setAsked(false)))
  if (!asked) {
    return html`<button
      type="button"
      class=${style}
      data-verb=${verb}
      disabled=${acting.busy !== undefined}
      aria-busy=${busy}
      onClick=${click}
    >
      ${busy && html`<span class="spinner"></span>`}${label}
    </button>`
  }
  return html`<span class="twice" role="group" aria-label=${t('sure')}>
    <span>${t('sure')}</span>
    <button
      type="button"
      ref=${yes}
      class="danger solid"
      data-verb=${verb}
      disabled=${acting.busy !== undefined}
      onClick=${click}
    >
      ${busy && html`<span class="spinner"></span>`}${t('yes', { label })}
    </button>
    <button type="button" class="secondary" onClick=${() => setAsked(false)}>${t('cancel')}</button>
  </span>`
}

function Choice({ select, acting }) {
  const [value, setValue] = useState('')
  const busy = acting.busy === select.token
  return html`<form
    class="choice"
    onSubmit=${(event) => {
      event.preventDefault()
      if (value) void acting.act(select.token, { values: { value } })
    }}
  >
    <label>
      <span class="sr">${select.label}</span>
      <select
        value=${value}
        disabled=${acting.busy !== undefined}
        onChange=${(event) => setValue(event.currentTarget.value)}
      >
        <option value="">${select.label ?? t('choose')} …</option>
        ${select.options.map((option) => html`<option value=${option.value}>${option.label}</option>`)}
      </select>
    </label>
    ${value !== '' && html`<button type="submit" class="secondary" data-verb=${select.verb} disabled=${acting.busy !== undefined}>${busy && html`<span class="spinner"></span>`}${t('apply')}</button>`}
  </form>`
}
