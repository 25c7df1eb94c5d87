import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { call, upload } from './api.js'
import { complete } from './complete.js'
import { bytes, percent } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { complain, loadCommands, loadPosts } from './room.js'
import { change, getState, useStore } from './store.js'
import { Suggestions, useSuggestions } from './suggestions.js'
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
  const { sending, send } = useSending({
    text,
    files,
    box,
    onSent: () => {
      history.keep(text)
      setText('')
      setFiles([])
    },
  })

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

  function keys(event) {
    if (event.isComposing || list.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') event.currentTarget.blur()
    else if (history.onKey(event, text)) event.preventDefault()
  }

  const move = (event) => setCaret(event.currentTarget.selectionStart)
  const note = (event) => {
    setText(event.currentTarget.value)
    move(event)
  }
  return html`<form
    class="composer"
    aria-label=${t('composer')}
    onSubmit=${(event) => {
      event.preventDefault()
      void send()
    }}
  >
    <${Suggestions} list=${list} hint=${completion.hint} />
    <div class="box" data-busy=${sending !== undefined}>
      <${Chosen} files=${files} setFiles=${setFiles} />
      <${Sending} sending=${sending} />
      <div class="line">
        <${Attach} onFiles=${(more) => setFiles([...files, ...more])} />
        <textarea
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
          onKeyDown=${keys}
          onKeyUp=${move}
          onClick=${move}
          onPaste=${(event) => takeFiles(event, (more) => setFiles([...files, ...more]))}
        ></textarea>
        <button
          type="submit"
          class="send"
          aria-label=${t(sending ? 'sending' : 'send')}
          disabled=${sending !== undefined || (text.trim() === '' && files.length === 0)}
        >
          ${sending ? html`<span class="spinner"></span>` : html`<${Icon} name="send" size="20" />`}
        </button>
      </div>
    </div>
  </form>`
}

/** Sends what is in the box, and goes where it was answered. */
function useSending({ text, files, box, onSent }) {
  const [sending, setSending] = useState()

  async function deliver(thread) {
    const message = { text: text.trim(), thread }
    if (files.length === 0) return (await call('POST', '/room/messages', message)).thread
    const form = new FormData()
    for (const [name, value] of Object.entries(message)) form.set(name, value)
    for (const file of files) form.append('files', file, file.name)
    const stop = new AbortController()
    setSending({ ratio: 0, stop })
    return (await upload('/room/messages', form, (ratio) => setSending({ ratio, stop }), stop.signal)).thread
  }

  async function send() {
    if (sending || (text.trim() === '' && files.length === 0)) return
    const thread = getState().open
    setSending({})
    try {
      const opened = await deliver(thread)
      remember(opened, text.trim(), files)
      onSent()
      if (opened === thread) await loadPosts(thread)
      else location.hash = `#/t/${opened}`
      // what was typed may have changed what can be typed: a voice, a member, a project
      loadCommands().catch(() => undefined)
    } catch (error) {
      if (error.name !== 'AbortError') complain(error)
    } finally {
      setSending(undefined)
      requestAnimationFrame(() => box.current?.focus())
    }
  }

  return { sending, send }
}

function Chosen({ files, setFiles }) {
  if (files.length === 0) return null
  return html`<ul class="chosen">
    ${files.map(
      (file, index) =>
        html`<li>
          <${Icon} name="file" size="16" /><span class="file-name">${file.name}</span
          ><span class="muted">${bytes(file.size)}</span>
          <button
            type="button"
            class="plain"
            aria-label=${t('remove', { name: file.name })}
            onClick=${() => setFiles(files.filter((_, other) => other !== index))}
          >
            <${Icon} name="close" size="14" />
          </button>
        </li>`,
    )}
  </ul>`
}

function Sending({ sending }) {
  if (sending?.ratio === undefined) return null
  return html`<div class="sending" role="status">
    <span class="thin"><i style=${{ width: `${sending.ratio * 100}%` }}></i></span>
    <span>${t('uploading', { percent: percent(sending.ratio) })}</span>
    <button type="button" class="link" onClick=${() => sending.stop.abort()}>${t('cancel')}</button>
  </div>`
}

function Attach({ onFiles }) {
  const picker = useRef(null)
  const take = (event) => {
    onFiles([...event.currentTarget.files])
    event.currentTarget.value = ''
  }
  return html`<button
      type="button"
      class="plain"
      aria-label=${t('attach')}
      title=${t('attach')}
      onClick=${() => picker.current.click()}
    >
      <${Icon} name="attach" size="22" />
    </button>
    <input ref=${picker} type="file" multiple hidden onChange=${take} />`
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

/** Shows what was typed in the thread where it was answered. */
function remember(opened, text, files) {
  const said = {
    id: `said-${Date.now()}`,
    at: new Date().toISOString(),
    text: hideSecrets(text),
    files: files.map((file) => file.name),
  }
  change((state) => ({ said: { ...state.said, [opened]: [...(state.said[opened] ?? []), said] } }))
}

/** Keys that somebody typed into a command do not stay on the screen. */
function hideSecrets(text) {
  return text.replace(/\b(key|password|secret|token|value):\S+/gi, '$1:•••')
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
