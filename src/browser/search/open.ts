/** What every page loads of search: it waits for `/`, Ctrl-K or a touch of the entry in the bar, and fetches the rest then. */

/** What the rest is given: the site's base path, and what came of its style and of the first file of the list, asked for while the script still comes. */
export interface Asked {
  site: string
  styled: Promise<Event>
  core: Promise<Response>
}

const entry = document.querySelector<HTMLAnchorElement>('.ask')
let asked: Asked | null = null
/** What is typed while the box is on its way; null while it is not. */
let early: string | null = null

function ask({ site = '/', style: href = '' }: DOMStringMap): Asked {
  if (asked) return asked
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
  const styled = new Promise<Event>((resolve) => {
    style.onload = style.onerror = resolve as (event: Event | string) => void
  })
  document.head.append(style)
  asked = { site, styled, core: fetch(`${site}source/functions/core.json`) }
  asked.core.catch(() => {
    asked = null
  })
  return asked
}

async function open(from: HTMLAnchorElement): Promise<void> {
  // The page of search has a field of its own.
  const here = document.querySelector<HTMLInputElement>('#search input')
  if (here) return here.select()
  early = ''
  try {
    const core = ask(from.dataset)
    const { openSearch } = await import('./box.ts')
    await openSearch(core, () => early ?? '')
  } catch {
    asked = null
    // The page for search says what is wrong, if it comes.
    location.assign(from.href)
  }
  early = null
}

/** A terminal takes every key but ⌘-K, which no shell gets; `/` is typed into fields, too. */
function wants({ key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented, target }: KeyboardEvent): boolean {
  if (altKey || isComposing || defaultPrevented || !(target instanceof Element)) return false
  if (key.toLowerCase() === 'k' && (ctrlKey || metaKey)) return metaKey || !target.closest('.xterm')
  return key === '/' && !ctrlKey && !metaKey && !target.closest('.xterm, input:not([type=range]), textarea, select, [contenteditable]')
}

if (entry) {
  const from = entry
  from.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void open(from)
  })
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey } = event
    if (early !== null && key.length === 1 && !ctrlKey && !metaKey) early += key
    else if (early === null && wants(event)) void open(from)
    else return
    event.preventDefault()
  })
}
