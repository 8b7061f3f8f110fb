/** The tabs of a popover: who implements, who calls, page by page. */
import { element } from '../element.ts'
import type { CodeIndex, Relation } from './code-index.ts'
import { rowItem } from './contents.ts'
import type { CodeSymbol, SymbolKind } from './symbols.ts'

/** Rows that are shown at once. */
const PAGE = 20

/** In the order of the tabs. */
const TITLES: Readonly<Record<Relation, string>> = {
  by: 'Implemented by',
  calls: 'Called by',
  through: 'Through interfaces',
  of: 'Implements',
  mentions: 'Mentioned by',
}

/** What has to be said of a list before it is read. */
const NOTES: Partial<Record<Relation, string>> = {
  through: 'Calls of interface methods that it implements: which implementation runs is decided there and then.',
  mentions: 'Handed on or kept there, not called.',
}

/** What is worth saying when there is none of it. */
const SOUGHT: Partial<Record<SymbolKind, string>> = {
  function: 'No call',
  method: 'No call',
  'interface method': 'No call',
  interface: 'No type that implements it',
}

let ids = 0

/** The tabs with the lists of a symbol; only a sentence when every list is empty. Rejects with CodeIndexError. */
export async function relationsView(index: CodeIndex, symbol: CodeSymbol): Promise<Node[]> {
  const [counts, size] = await Promise.all([index.counts(symbol), index.size()])
  const relations = (Object.keys(TITLES) as Relation[]).filter((relation) => counts[relation] > 0)
  const files = `the ${size.toLocaleString('en')} files of kube-apiserver that have pages here`
  if (relations.length === 0) {
    const sought = SOUGHT[symbol.kind]
    return sought === undefined ? [] : [element('p', { class: 'edge' }, `${sought} was found in ${files}.`)]
  }
  const id = `ways-in-${++ids}`
  const panel = element('div', { role: 'tabpanel', id, tabindex: '-1' })
  const tabs = relations.map((relation) => {
    const title = `${TITLES[relation]} ${counts[relation].toLocaleString('en')}`
    return element('button', { type: 'button', role: 'tab', 'aria-controls': id, 'data-relation': relation }, title)
  })
  const choose = (chosen: HTMLElement) => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen))
      tab.tabIndex = tab === chosen ? 0 : -1
    }
    panel.setAttribute('aria-label', chosen.textContent ?? '')
    fillPanel(panel, index, symbol, chosen.dataset.relation as Relation, counts[chosen.dataset.relation as Relation])
  }
  const list = element('div', { class: 'ways-in', role: 'tablist', 'aria-label': 'Ways in' }, ...tabs)
  list.addEventListener('click', ({ target }) => {
    const tab = (target as Element).closest<HTMLElement>('[role="tab"]')
    if (tab) choose(tab)
  })
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = to === undefined ? undefined : tabs.at(to % tabs.length)
    if (!tab) return
    event.preventDefault()
    tab.focus()
    choose(tab)
  })
  choose(tabs[0] as HTMLElement)
  return [list, panel, element('p', { class: 'edge' }, `Looked for in ${files}.`)]
}

/** Shows the first rows of a list, and a button for more. */
function fillPanel(panel: HTMLElement, index: CodeIndex, symbol: CodeSymbol, relation: Relation, all: number): void {
  const rows = element('ul', {})
  const more = element('button', { type: 'button', class: 'more' })
  const said = element('p', { class: 'said', role: 'status' })
  const note = NOTES[relation]
  panel.replaceChildren(...(note === undefined ? [] : [element('p', { class: 'note' }, note)]), rows, said)
  const next = async () => {
    const from = rows.children.length
    const items = (await index.rows(symbol, relation, from, PAGE)).map((row) => rowItem(index, row))
    rows.append(...items)
    said.textContent = ''
    const left = all - rows.children.length
    more.textContent = `${left.toLocaleString('en')} more`
    if (left > 0 && items.length > 0) panel.append(more)
    else more.remove()
    // Whoever asked for more goes on reading there; the button may be gone.
    if (from > 0) items[0]?.querySelector('a')?.focus()
  }
  const show = () => {
    next().catch((error: Error) => {
      said.textContent = error.message
    })
  }
  more.addEventListener('click', show)
  said.textContent = 'Looking …'
  show()
}
