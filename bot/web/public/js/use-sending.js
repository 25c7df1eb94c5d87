import { useState } from 'preact/hooks'
import { call, upload } from './api.js'
import { complain, loadPosts, refresh } from './room.js'
import { change, getState } from './store.js'

/** Sends what is in the box, and goes where it was answered. */
export function useSending({ text, files, box, onSent }) {
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
      const before = { ...getState().posts }
      const opened = await deliver(thread)
      remember(opened, before[opened], text.trim(), files)
      onSent()
      if (opened === thread) await loadPosts(thread)
      else location.hash = `#/t/${opened}`
      // what was typed may have changed what can be typed (a voice, a member, a project), and the language
      refresh().catch(() => undefined)
    } catch (error) {
      if (error.name !== 'AbortError') complain(error)
    } finally {
      setSending(undefined)
      requestAnimationFrame(() => box.current?.focus())
    }
  }

  return { sending, send }
}

/** Shows what was typed in the thread where it was answered: below what was there, above its answer. */
function remember(opened, posts, text, files) {
  const said = {
    id: `said-${Date.now()}`,
    at: posts?.at(-1)?.postedAt ?? '',
    text: hideSecrets(text),
    files: files.map((file) => file.name),
  }
  change((state) => ({ said: { ...state.said, [opened]: [...(state.said[opened] ?? []), said] } }))
}

/** Keys that somebody typed into a command do not stay on the screen. */
function hideSecrets(text) {
  return text.replace(/\b(key|password|secret|token|value):\S+/gi, '$1:•••')
}
