import { useState } from 'preact/hooks'
import { html } from './html.js'
import { t } from './words.js'

/** Longer texts are folded. */
const MOST_LINES = 40

/** Words as they come, with the lines of a transcript, a translation or a diff set as such. Never markup: it is text. */
export function CardText({ text, form, onLine }) {
  const [all, setAll] = useState(false)
  const lines = text.split('\n')
  const shown = all ? lines : lines.slice(0, MOST_LINES)
  const editable = form?.verb === 'edit'
  return html`<div class="text">
    ${blocks(shown).map((block) => html`<${Block} block=${block} editable=${editable} onLine=${onLine} />`)}
    ${lines.length > MOST_LINES && html`<button type="button" class="link" onClick=${() => setAll(!all)}>${t(all ? 'showLess' : 'showMore')}</button>`}
  </div>`
}

function Block({ block, editable, onLine }) {
  if (block.kind === 'diff')
    return html`<div class="diff" data-sign=${block.sign}>
      <span class="sign">${block.sign === 'plus' ? '+' : '−'}</span><span class="line-number">${block.line}</span
      ><time>${block.time}</time><span>${block.text}</span>
    </div>`
  if (block.kind !== 'cue')
    return block.text === '' ? html`<div class="gap"></div>` : html`<p>${linked(block.text)}</p>`
  const words = html`<span class="line-number">${block.line}</span><time>${block.time}</time
    ><span class="words"
      ><span>${block.text}</span>${block.source && html`<span class="source">${block.source}</span>`}</span
    >`
  if (!editable) return html`<div class="cue">${words}</div>`
  return html`<button
    type="button"
    class="cue"
    title=${t('editThis', { line: block.line })}
    onClick=${() => onLine(block.line, block.text)}
  >
    ${words}
  </button>`
}

/** `3 · 0:07  text`, an indented source below it, and `− 3 · 0:07  text` / `+ …` of an edit. */
function blocks(lines) {
  const found = []
  for (const line of lines) {
    const cue = /^(?:([−+]) )?(\d+) · (\d+(?::\d\d)+) {2}(.*)$/.exec(line)
    const [, sign, number, time, text] = cue ?? []
    if (sign) found.push({ kind: 'diff', sign: sign === '+' ? 'plus' : 'minus', line: number, time, text })
    else if (cue) found.push({ kind: 'cue', line: number, time, text })
    else if (/^ {6}\S/.test(line) && found.at(-1)?.kind === 'cue') found.at(-1).source = line.trim()
    else found.push({ kind: 'text', text: line })
  }
  return found
}

/** Addresses become links that tell nobody where they were followed from. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .map((part, index) =>
      index % 2 === 1 ? html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>` : part,
    )
}
