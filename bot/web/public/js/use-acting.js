import { useEffect, useRef, useState } from 'preact/hooks'
import { call, upload } from './api.js'
import { complain, loadPosts } from './room.js'
import { getState, toast } from './store.js'
import { t } from './words.js'

/** What is being done on a card: which token is at work, how far its upload is, and which line is being edited. */
export function useActing(post) {
  const [busy, setBusy] = useState()
  const [progress, setProgress] = useState()
  const [line, setLine] = useState()
  const revision = useRef(post.revision)
  useEffect(() => {
    // the card changed: what was at work on it is done
    if (revision.current !== post.revision) setLine(undefined)
    revision.current = post.revision
  }, [post.revision])

  /** @returns whether it was applied */
  async function act(token, { values, form } = {}) {
    if (busy !== undefined) return false
    setBusy(token)
    try {
      const url = `/room/actions/${encodeURIComponent(token)}`
      const answer = form ? await upload(url, form, setProgress) : await call('POST', url, values ? { values } : {})
      if (answer.thread !== undefined && answer.thread !== getState().open) location.hash = `#/t/${answer.thread}`
      else if (answer.thread === undefined) toast(t('applied'), 'done')
      await loadPosts(getState().open)
      return true
    } catch (error) {
      complain(error)
      await loadPosts(getState().open).catch(() => undefined)
      return false
    } finally {
      setBusy(undefined)
      setProgress(undefined)
    }
  }

  return {
    busy,
    progress,
    act,
    line,
    openLine: (number, text) => setLine({ number, text }),
    closeLine: () => setLine(undefined),
  }
}
