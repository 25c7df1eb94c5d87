import { html } from './html.js'

const PATHS = {
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  attach: 'M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14',
  file: 'M7 3.5h7l4.5 4.5v12.5h-11.5zM14 3.5v5h4.5',
  ask: 'M12 18.6v.01M8 8.6a4 4 0 1 1 6 3.5c-1.4.8-2 1.6-2 3.2',
  done: 'M5.5 12.5l4.2 4.2 9-9.4',
  failed: 'M12 5v8.5M12 18.6v.01',
  working: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  info: 'M12 10.5v8.5M12 5.4v.01',
  chevron: 'M9 6l6 6-6 6',
  down: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  edit: 'M4.5 19.5h3.7L19 8.7 15.3 5 4.5 15.8z',
  theme: 'M12 3.5a8.5 8.5 0 1 0 8.5 8.5A6.5 6.5 0 0 1 12 3.5z',
  keyboard: 'M3.5 7h17v10h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8.5 14h7',
  leave: 'M10 4.5H5.5v15H10M14.5 8l4 4-4 4M18 12H9.5',
  lobby: 'M4.5 11 12 4.5 19.5 11v8.5h-5v-5h-5v5h-5z',
  film: 'M4.5 5.5h15v13h-15zM8.5 5.5v13M15.5 5.5v13M4.5 10h4M4.5 14h4M15.5 10h4M15.5 14h4',
}

/** What is only dots and short strokes. */
const BOLD = new Set(['ask', 'working', 'failed', 'info', 'done'])

export function Icon({ name, size = 20 }) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path
      d=${PATHS[name] ?? PATHS.info}
      fill=${name === 'play' ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width=${BOLD.has(name) ? 2.6 : 1.8}
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`
}
