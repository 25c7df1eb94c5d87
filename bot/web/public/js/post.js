import { useEffect, useRef, useState } from 'preact/hooks'
import { Actions } from './actions.js'
import { CardText } from './card-text.js'
import { Fields } from './fields.js'
import { focusNextAsk, welcomeAsk } from './focus.js'
import { ago, duration, fullTime, percent } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { Media } from './media.js'
import { useActing } from './use-acting.js'
import { t } from './words.js'

/** A card of the thread. What asks for a decision can be reached and read with the keyboard alone. */
export function Post({ post, newest }) {
  const { card, key, postedAt } = post
  const acting = useActing(post)
  const article = useRef(null)
  const asks = card.tone === 'ask' && Boolean(card.buttons ?? card.select ?? card.form)
  useEffect(() => {
    if (asks && article.current) welcomeAsk(article.current)
  }, [asks])
  const title = `card-${post.id}`
  const decide = async (...given) => {
    const applied = await acting.act(...given)
    if (applied && asks) focusNextAsk(article.current)
  }
  return html`<article
    ref=${article}
    class="card"
    data-tone=${card.tone}
    data-key=${key}
    data-asks=${asks}
    data-old=${!newest}
    tabindex="-1"
    aria-labelledby=${title}
    aria-busy=${acting.busy !== undefined}
  >
    <header>
      <span class="tone" data-tone=${card.tone}
        ><${Icon} name=${card.tone} size="18" /><span class="sr">${t(`tone.${card.tone}`)}</span></span
      >
      <h2 id=${title}>${card.title ?? t(`tone.${card.tone}`)}</h2>
      <time datetime=${postedAt} title=${fullTime(postedAt)}>${ago(postedAt)}</time>
    </header>
    ${card.progress && html`<${Progress} progress=${card.progress} tone=${card.tone} label=${card.title} />`}
    <${Body} card=${card} postKey=${key} onLine=${acting.openLine} />
    <${Actions} card=${card} acting=${{ ...acting, act: decide }} />
  </article>`
}

/** Posts whose words are history once nothing can be decided on them any more. */
const HISTORY = /^(?!result:|reply:|archive:|reminder:|status).*:/

/** What a card says. The picture comes before long words; what was decided is folded to its first lines. */
function Body({ card, postKey, onLine }) {
  const [open, setOpen] = useState(false)
  const { text = '', media = [], fields = [], form } = card
  const foldable =
    HISTORY.test(postKey) && !card.buttons && !card.select && !form && (media.length > 0 || fields.length > 0)
  const [intro = '', ...rest] = text.split('\n\n')
  const words = rest.join('\n\n')
  const seen = media.some((file) => file.mime.startsWith('video/'))
  const player = media.length > 0 && html`<${Media} media=${media} />`
  return html`
    ${intro && html`<${CardText} text=${intro} form=${form} onLine=${onLine} />`}
    ${foldable && html`<button type="button" class="link fold" aria-expanded=${open} onClick=${() => setOpen(!open)}><${Icon} name="chevron" size="16" />${t(open ? 'showLess' : 'showMore')}</button>`}
    ${
      (!foldable || open) &&
      html`<div class="body">
        ${seen && player} ${words && html`<${CardText} text=${words} form=${form} onLine=${onLine} />`}
        ${!seen && player} ${fields.length > 0 && html`<${Fields} fields=${fields} wide=${postKey === 'status'} />`}
      </div>`
    }
  `
}

function Progress({ progress, tone, label }) {
  const { ratio, note, etaSeconds } = progress
  const time = etaSeconds === undefined ? '' : t('left', { time: duration(etaSeconds) })
  return html`<div class="progress" data-tone=${tone}>
    <div
      class="track"
      role="progressbar"
      aria-label=${label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(ratio * 100)}
      aria-valuetext=${[percent(ratio), note, time].filter(Boolean).join(', ')}
    >
      <i style=${{ width: `${ratio * 100}%` }}></i>
    </div>
    <div class="progress-words">
      <strong>${percent(ratio)}</strong><span>${note}</span><span class="eta">${time}</span>
    </div>
  </div>`
}

/** What I typed. */
export function Said({ said }) {
  return html`<div class="said">
    <span class="sr">${t('you')}:</span>
    ${said.text && html`<p>${said.text}</p>`}
    ${said.files.length > 0 && html`<p class="said-files">${said.files.map((name) => html`<span><${Icon} name="file" size="16" /> ${name}</span>`)}</p>`}
  </div>`
}
