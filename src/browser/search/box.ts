/** Search in a dialog over any page. */
import { element } from '../element.ts'
import type { Asked } from './open.ts'
import { SearchView } from './view.ts'

// The page of search takes it from here, so that all of search is one file: a box that is opened waits for one request instead of two in turn.
export { SearchView }

let opened: Promise<{ dialog: HTMLDialogElement; view: SearchView }> | null = null

/** Opens the box, made at the first call; `early` tells what was typed meanwhile. Rejects when its style cannot be loaded. */
export async function openSearch(asked: Asked, early: () => string): Promise<void> {
  opened ??= make(asked)
  opened.catch(() => {
    opened = null
  })
  const { dialog, view } = await opened
  // The browser gives the focus back to where it was when it closes.
  if (!dialog.open) dialog.showModal()
  view.focus()
  if (early() !== '') view.ask(early())
}

async function make(asked: Asked): Promise<{ dialog: HTMLDialogElement; view: SearchView }> {
  if ((await asked.styled).type === 'error') throw new Error('The style of search could not be loaded.')
  const dialog = element('dialog', { class: 'search', 'aria-label': 'Search' })
  const view = new SearchView({ asked, limit: 8, more: `${asked.site}search/`, left: () => dialog.close() })
  const close = element('button', { type: 'button', class: 'close' }, element('kbd', { 'aria-hidden': 'true' }, 'Esc'), element('span', {}, 'Close'))
  view.root.querySelector('.field')?.append(close)
  dialog.append(view.root)
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || (target instanceof Node && close.contains(target))) dialog.close()
  })
  document.body.append(dialog)
  return { dialog, view }
}
