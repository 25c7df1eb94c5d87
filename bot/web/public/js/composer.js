import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { complete } from './complete.js'
import { Attach, Chosen, Sending } from './composer-files.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { useStore } from './store.js'
import { Suggestions, useSuggestions } from './suggestions.js'
import { useSending } from './use-sending.js'
import { t } from './words.js'

/** The box at the foot: commands with completion, files with progress. What was sent before comes back with the up arrow. */
export function Composer({ files, setFiles }) {
  const known = useStore((state) => state.commands)
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const box = useRef(null)
  const history = useHistory(setText)
  const completion = complete(text, caret, known)
  const list = useSuggestions(completion, (item) => replaceWord(completion, item))
  const clear = () => {
    history.keep(text)
    setText('')
    setFiles([])
  }
  const { sending, send } = useSending({ text, files, box, onSent: clear })

  useLayoutEffect(() => grow(box.current), [text])
  useEffect(() => {
    if (files.length > 0) box.current?.focus()
  }, [files.length])

  function replaceWord({ from }, item) {
    const end = from + item.insert.length
    setText(text.slice(0, from) + item.insert + text.slice(caret).trimStart())
    setCaret(end)
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(end, end)
    })
  }

  const keys = composerKeys({ list, history, text, send })
  const add = (more) => setFiles([...files, ...more])
  const submit = (event) => {
    event.preventDefault()
    void send()
  }
  return html`<form class="composer" aria-label=${t('composer')} onSubmit=${submit}>
    <${Suggestions} list=${list} hint=${completion.hint} />
    <div class="box" data-busy=${sending !== undefined}>
      <${Chosen} files=${files} setFiles=${setFiles} />
      <${Sending} sending=${sending} />
      <div class="line">
        <${Attach} onFiles=${add} />
        <${Typing}
          box=${box}
          text=${text}
          list=${list}
          onKey=${keys}
          onFiles=${add}
          onText=${setText}
          onCaret=${setCaret}
        />
        <${SendButton} sending=${sending} empty=${text.trim() === '' && files.length === 0} />
      </div>
    </div>
  </form>`
}

/** Enter sends, Shift+Enter makes a line, arrows choose or bring back, Escape leaves. */
function composerKeys({ list, history, text, send }) {
  return (event) => {
    if (event.isComposing || list.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') event.currentTarget.blur()
    else if (history.onKey(event, text)) event.preventDefault()
  }
}

function Typing({ box, text, list, onKey, onFiles, onText, onCaret }) {
  const move = (event) => onCaret(event.currentTarget.selectionStart)
  const note = (event) => {
    onText(event.currentTarget.value)
    move(event)
  }
  return html`<textarea
    id="message"
    ref=${box}
    rows="1"
    value=${text}
    placeholder=${placeholder()}
    aria-label=${t('composer')}
    autocomplete="off"
    spellcheck="true"
    enterkeyhint="send"
    role="combobox"
    aria-expanded=${list.items.length > 0}
    aria-controls="suggestions"
    aria-autocomplete="list"
    aria-activedescendant=${list.activeId}
    onInput=${note}
    onKeyDown=${onKey}
    onKeyUp=${move}
    onClick=${move}
    onPaste=${(event) => takeFiles(event, onFiles)}
  ></textarea>`
}

function SendButton({ sending, empty }) {
  const label = t(sending ? 'sending' : 'send')
  return html`<button type="submit" class="send" aria-label=${label} disabled=${sending !== undefined || empty}>
    ${sending ? html`<span class="spinner"></span>` : html`<${Icon} name="send" size="20" />`}
  </button>`
}

function placeholder() {
  return t(matchMedia('(max-width: 640px)').matches ? 'placeholderPhone' : 'placeholder')
}

/** As high as its text, up to a third of a page. */
function grow(box) {
  if (!box) return
  box.style.height = 'auto'
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`
}

function takeFiles(event, onFiles) {
  const files = [...(event.clipboardData?.files ?? [])]
  if (files.length === 0) return
  event.preventDefault()
  onFiles(files)
}

function useHistory(setText) {
  const sent = useRef([])
  const place = useRef(0)
  return {
    keep(text) {
      if (text.trim() !== '') sent.current = [...sent.current.slice(-49), text]
      place.current = sent.current.length
    },
    onKey(event, text) {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      const browsing = text === '' || text === sent.current[place.current]
      const next = place.current + step
      if (step === 0 || !browsing || next < 0 || next > sent.current.length) return false
      place.current = next
      setText(sent.current[next] ?? '')
      return true
    },
  }
}
