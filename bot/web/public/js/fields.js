import { html } from './html.js'

/** Facts, each with its name. A status card, and whatever has much to say, sets them as lines; others as a grid. */
export function Fields({ fields, wide }) {
  const wordy = fields.filter(({ value }) => value.length > 28).length * 2 > fields.length
  return html`<dl class=${wide || wordy ? 'fields rows' : 'fields'}>
    ${fields.map(
      ({ name, value }) =>
        html`<div class=${value.length > 60 || value.includes('\n') ? 'long' : ''}>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
