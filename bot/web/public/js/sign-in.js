import { useEffect, useState } from 'preact/hooks'
import { call } from './api.js'
import { html } from './html.js'
import { complain, enter } from './room.js'
import { t } from './words.js'

/** The door: a password, or the link of an invitation. */
export function SignIn() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const invite = /^#invite=([\w-]+)$/.exec(location.hash)?.[1]

  async function present(credentials, refused) {
    setBusy(true)
    setProblem('')
    try {
      await call('POST', '/room/session', credentials)
      history.replaceState(null, '', '#/t/lobby')
      await enter()
      dispatchEvent(new HashChangeEvent('hashchange'))
    } catch (error) {
      if (error.status === undefined) complain(error)
      setProblem(refused ?? error.message)
    } finally {
      setBusy(false)
    }
  }

  useEffect(() => {
    if (invite) void present({ invite }, t('inviteFailed'))
  }, [])

  function submit(event) {
    event.preventDefault()
    void present({ password: new FormData(event.currentTarget).get('password') })
  }

  return html`<main class="door">
    <form class="door-card" onSubmit=${submit}>
      <img src="/room/assets/icon.svg" width="48" height="48" alt="" />
      <h1>${t('title')}</h1>
      <p>${invite && busy ? t('joining') : t('signInText')}</p>
      <label>
        <span>${t('password')}</span>
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid=${problem !== ''}
          aria-describedby="door-problem"
        />
      </label>
      <p id="door-problem" class="problem" role="alert">${problem}</p>
      <button class="primary" type="submit" disabled=${busy}>
        ${busy && html`<span class="spinner"></span>`}${t('signIn')}
      </button>
    </form>
  </main>`
}
