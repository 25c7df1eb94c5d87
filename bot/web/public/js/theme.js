const KEY = 'dailies-theme'
export const THEMES = ['auto', 'light', 'dark']

export function currentTheme() {
  const kept = localStorage.getItem(KEY)
  return THEMES.includes(kept) ? kept : 'auto'
}

export function setTheme(theme) {
  localStorage.setItem(KEY, theme)
  applyTheme()
}

/** Without a choice the page looks as the system does. */
export function applyTheme() {
  const theme = currentTheme()
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
