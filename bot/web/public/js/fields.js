import { html } from './html.js'

/** Facts, each with its name. A status card sets them as lines, others as a grid. */
export function Fields({ fields, wide }) {
  return html`<dl class=${wide ? 'fields rows' : 'fields'}>
    ${fields.map(({ name, value }) => html`<div class=${value.length > 60 || value.includes('\n') ? 'long' : ''}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`
}
