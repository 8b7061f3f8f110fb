/** Light or dark: what the reader chose is set before the first paint and remembered; without a choice the system decides. */
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')

/** The reader's choice, or null; storage may be forbidden. */
function remembered() {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null
  }
}

function show(choice) {
  if (choice === 'light' || choice === 'dark') root.dataset.theme = choice
  else delete root.dataset.theme
  const now = root.dataset.theme ?? (dark.matches ? 'dark' : 'light')
  for (const button of document.querySelectorAll('[data-act="theme"]')) button.setAttribute('aria-pressed', String(now === 'dark'))
}

show(remembered())
addEventListener('DOMContentLoaded', () => show(root.dataset.theme))
dark.addEventListener('change', () => show(root.dataset.theme))
addEventListener('storage', (event) => {
  if (event.key === 'theme') show(event.newValue)
})
addEventListener('click', (event) => {
  const button = event.target.closest('[data-act="theme"]')
  if (!button) return
  const choice = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark'
  show(choice)
  try {
    localStorage.setItem('theme', choice)
  } catch {
    // Not remembered, but shown.
  }
})
