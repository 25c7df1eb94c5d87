import { useEffect, useRef } from 'preact/hooks'
import { percent } from './format.js'
import { html } from './html.js'
import { t } from './words.js'

/** A card's form. One that edits a line comes filled with the line that was clicked. */
export function CardForm({ form, acting, onClose }) {
  const box = useRef(null)
  const { line } = acting
  useEffect(() => {
    if (onClose) box.current?.querySelector(line ? '[name="text"]' : 'input, textarea, select')?.focus()
  }, [line?.number])

  async function submit(event) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const files = form.inputs.some((input) => input.kind === 'file')
    const done = await acting.act(form.token, files ? { form: given } : { values: Object.fromEntries(given) })
    if (!done) return
    box.current?.reset()
    onClose?.()
  }

  return html`<form
    class="card-form"
    ref=${box}
    onSubmit=${submit}
    aria-label=${form.label}
    onKeyDown=${(event) => event.key === 'Escape' && onClose?.()}
  >
    ${form.label && html`<h3>${form.label}</h3>`}
    ${form.inputs.map((input) => html`<${Input} key=${`${input.name}-${line?.number ?? ''}`} input=${{ ...input, value: prefilled(input, line) }} token=${form.token} />`)}
    ${acting.progress !== undefined && html`<p class="muted" role="status">${t('uploading', { percent: percent(acting.progress) })}</p>`}
    <div class="row">
      <button type="submit" class="primary" data-verb=${form.verb} disabled=${acting.busy !== undefined}>
        ${acting.busy === form.token && html`<span class="spinner"></span>`}${t('apply')}
      </button>
      ${onClose && html`<button type="button" class="secondary" onClick=${onClose}>${t('cancel')}</button>`}
    </div>
  </form>`
}

function prefilled(input, line) {
  if (line && input.name === 'line') return line.number
  if (line && input.name === 'text') return line.text
  return input.value
}

function Input({ input, token }) {
  const { name, label, kind, required, value, options } = input
  const id = `${token}-${name}`
  const common = { id, name, required, defaultValue: value ?? '' }
  return html`<div class="input" data-kind=${kind}>
    <label for=${id}>${label}${required && html`<span class="muted"> · ${t('required')}</span>`}</label>
    ${kind === 'multiline' && html`<textarea ...${common} rows="3" onKeyDown=${sendOnEnter}></textarea>`}
    ${
      kind === 'choice' &&
      html`<select ...${common}>
        ${!required && html`<option value=""></option>`}${(options ?? []).map((option) => html`<option value=${option.value} selected=${option.value === value}>${option.label}</option>`)}
      </select>`
    }
    ${kind === 'file' && html`<input id=${id} name=${name} required=${required} type="file" />`}
    ${kind === 'number' && html`<input ...${common} type="number" min="1" inputmode="numeric" />`}
    ${kind === 'password' && html`<input ...${common} type="password" autocomplete="off" spellcheck="false" />`}
    ${kind === 'text' && html`<input ...${common} type="text" />`}
  </div>`
}

function sendOnEnter(event) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form.requestSubmit()
}
