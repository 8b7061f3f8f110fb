/** Draws what was found: rows of a list box, each a link with what can be done said below it. */
import { element } from '../element.ts'
import { canStop, readAddress } from './actions.ts'
import type { FoundFunction } from './function-table.ts'
import { type Piece, pieces } from './marks.ts'
import type { ProseHit } from './prose.ts'
import type { Query } from './query.ts'

/** A function that was found and the line that is meant, which is its own unless another was asked for. */
export interface FunctionHit {
  found: FoundFunction
  line: number
  /** The line that was asked for, or null. */
  asked: number | null
}

export type Action = 'read' | 'stop' | 'copy' | 'visit'

/** ⌘ on a Mac, Ctrl elsewhere. */
export const CONTROL = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** The row of a function; `id` is its element's. */
export function functionRow({ found, line }: FunctionHit, { id, site, query }: { id: string; site: string; query: Query | null }): HTMLElement {
  const { receiver, name, abstract } = found
  const owner = receiver === '' ? [] : receiver.startsWith('*') ? ['(*', receiver.slice(1), ').'] : ['', receiver, '.']
  const [before = '', type = '', after = ''] = owner
  const what = element('span', { class: 'what' })
  if (receiver !== '') what.append(element('span', { class: 'rc' }, before, ...marked(pieces(type, query, 'receiver')), after))
  what.append(...marked(pieces(name, query, 'name')))
  const file = found.inside.slice(found.inside.lastIndexOf('/') + 1)
  const where = [found.package, `${file}:${line}`, ...(abstract ? ['method of an interface'] : [])].join(' · ')
  const row = option(id, readAddress(site, found, line), 'hit', what, element('span', { class: 'where' }, where))
  if (found.visit) row.append(element('span', { class: 'visit' }, element('span', { class: 'hush' }, 'visited in '), found.visit.chapter.title))
  return row
}

/** What can be done with a function, below its row: made when the row is chosen, since it is shown of that one alone. */
export function actions(found: FoundFunction): HTMLElement {
  const action = (name: Action, keys: readonly string[], words: string) =>
    element('span', { 'data-act': name }, ...keys.map((key) => element('kbd', {}, key)), ` ${words}`)
  const all = element('span', { class: 'acts', 'aria-hidden': 'true' }, action('read', ['↵'], 'Read'))
  if (canStop(found)) all.append(action('stop', [CONTROL, '↵'], 'Stop here'))
  if (!found.abstract) all.append(action('copy', [CONTROL, 'B'], 'Copy the break command'))
  if (found.visit) all.append(action('visit', ['⇧', '↵'], 'Go to the chapter'))
  return all
}

/** The row of a place in the book. */
export function proseRow({ chapter, heading, address, excerpt }: ProseHit, id: string): HTMLElement {
  const what = element('span', { class: 'what' }, heading === '' ? chapter : `${chapter}: ${heading}`)
  return option(id, address, 'hit in-book', what, element('span', { class: 'where' }, ...marked(excerpt)))
}

/** The row that leads to the page with more functions than fit here. */
export function moreRow(count: string, address: string, id: string): HTMLElement {
  return option(id, address, 'hit more', element('span', { class: 'where' }, `All ${count} functions`))
}

function option(id: string, href: string, name: string, ...children: Node[]): HTMLElement {
  return element('a', { id, class: name, role: 'option', href, tabindex: '-1', 'aria-selected': 'false' }, ...children)
}

function marked(all: readonly Piece[]): (Node | string)[] {
  return all.map(({ text, marked }) => (marked ? element('mark', {}, text) : text))
}
