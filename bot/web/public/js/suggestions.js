import { useEffect, useState } from 'preact/hooks'
import { html } from './html.js'
import { announce } from './store.js'
import { t } from './words.js'

/** The list above the composer: arrows choose, Tab or Enter takes, Escape closes. */
export function useSuggestions(completion, take) {
  const [active, setActive] = useState(0)
  const [closedFor, setClosedFor] = useState()
  const signature = completion.items.map((item) => item.insert).join('\n')
  useEffect(() => setActive(0), [signature])
  useEffect(() => {
    if (signature !== '') announce(t('suggestionsCount', { count: completion.items.length }))
  }, [signature])
  const items = closedFor === signature ? [] : completion.items
  return {
    items,
    active,
    take,
    setActive,
    activeId: items.length > 0 ? `suggestion-${active}` : undefined,
    onKey(event) {
      if (items.length === 0) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const word = completion.hint ? completion.hint.at : '/'
      if (step) setActive((active + step + items.length) % items.length)
      // Enter sends a line that is complete: it takes a suggestion only while a word is being typed
      else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && word !== '')) take(items[active])
      else if (event.key === 'Escape') setClosedFor(signature)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
  }
}

export function Suggestions({ list, hint }) {
  const { items, active } = list
  useEffect(
    () => document.getElementById(`suggestion-${active}`)?.scrollIntoView({ block: 'nearest' }),
    [active, items.length],
  )
  if (items.length === 0 && !hint) return null
  return html`<div class="suggestions" data-empty=${items.length === 0}>
    ${hint && html`<div class="usage"><code>${hint.usage}</code></div>`}
    <ul id="suggestions" role="listbox" aria-label=${t('suggestions')}>
      ${items.map(
        (item, index) =>
          html`<li
            id=${`suggestion-${index}`}
            key=${item.insert}
            role="option"
            aria-selected=${index === active}
            onMouseDown=${(event) => {
              event.preventDefault()
              list.take(item)
            }}
            onMouseMove=${() => index !== active && list.setActive(index)}
          >
            <code>${item.label}</code><span class="muted">${item.note}</span>
          </li>`,
      )}
    </ul>
  </div>`
}
