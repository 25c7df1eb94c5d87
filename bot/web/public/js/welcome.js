import { html } from './html.js'
import { Icon } from './icons.js'
import { useStore } from './store.js'
import { t } from './words.js'

/** Which commands' first examples an empty room shows. */
const SHOWN = ['dub', 'subtitles', 'transcribe', 'voices', 'help']

/** An empty lobby teaches what can be done here. */
export function Welcome() {
  const { commands } = useStore((state) => state.commands)
  const examples = SHOWN.flatMap(
    (name) => commands.find((command) => command.name === name)?.examples.slice(0, 1) ?? [],
  )
  return html`<section class="welcome">
    <h2>${t('welcomeTitle')}</h2>
    <p>${t('welcomeText')}</p>
    <ol class="steps">
      ${[
        ['attach', 'step1'],
        ['ask', 'step2'],
        ['film', 'step3'],
      ].map(
        ([icon, step]) =>
          html` <li>
            <span class="step-icon"><${Icon} name=${icon} size="22" /></span><strong>${t(step)}</strong
            ><span class="muted">${t(`${step}Text`)}</span>
          </li>`,
      )}
    </ol>
    ${
      examples.length > 0 &&
      html`<h3>${t('tryThis')}</h3>
        <div class="examples">
          ${examples.map((example) => html`<button type="button" class="example" onClick=${() => write(example)}><code>${example}</code></button>`)}
        </div>`
    }
  </section>`
}

/** Puts an example into the composer: it is sent when its person sends it. */
function write(example) {
  const box = document.getElementById('message')
  if (!box) return
  box.value = example
  box.dispatchEvent(new Event('input', { bubbles: true }))
  box.focus()
}
