/** The parts that search is made of, and the words in them: groups that load, fail or find nothing, and what is said aloud. */
import { element, required } from '../element.ts'
import type { Loading } from './functions.ts'
import { CONTROL } from './hits.ts'

/** How one group stands. */
export type GroupState<Hit> = { is: 'nothing asked' } | { is: 'loading' } | { is: 'found'; hits: readonly Hit[] } | { is: 'failed'; why: string }

/** What may be asked, by way of example. */
const EXAMPLES: readonly (readonly [ask: string, why: string])[] = [
  ['GuaranteedUpdate', 'a name, or a part of one'],
  ['(*store).Create', 'a method, as Delve and Go write it'],
  ['etcd3 store create', 'words of package, receiver and name'],
  ['DBHC', 'camel humps'],
  ['etcd3/store.go:274', 'a place, or a line of a stack'],
  ['resource version', 'what the book explains'],
]

/** All elements, empty. */
export function parts(): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', '#i-search')
  svg.append(use)
  const field = element('input', {
    type: 'text',
    role: 'combobox',
    'aria-label': 'Search functions and prose',
    'aria-expanded': 'false',
    'aria-controls': 'hits',
    'aria-autocomplete': 'list',
    'aria-describedby': 'search-keys',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'go',
    placeholder: 'Functions and prose',
  })
  const keys = (list: readonly string[], words: string) => element('span', {}, ...list.map((key) => element('kbd', {}, key)), ` ${words}`)
  const works = (what: string, example: string) => element('span', {}, `${what}: `, element('b', {}, example))
  return element(
    'div',
    { class: 'box' },
    element('div', { class: 'field' }, svg, field, element('span', { class: 'num', 'aria-hidden': 'true' })),
    element('p', { class: 'hush', role: 'status' }),
    element(
      'div',
      { class: 'hits', id: 'hits', role: 'listbox', 'aria-label': 'Results' },
      group('functions', 'Functions'),
      group('prose', 'The book'),
    ),
    examples(),
    element(
      'div',
      { class: 'keys', 'aria-hidden': 'true' },
      keys(['↑', '↓'], 'choose'),
      keys(['Tab'], 'next group'),
      works('Humps work', 'DBHC'),
      works('Parts work', 'estInfo'),
    ),
    element(
      'p',
      { class: 'hush', id: 'search-keys' },
      `Arrows choose, Enter reads, Tab goes to the next group, ${CONTROL}-Enter stops there, ${CONTROL}-B copies the break command, Shift-Enter goes to the chapter.`,
    ),
  )
}

function group(name: string, title: string): HTMLElement {
  const heading = element('h2', { id: `hits-${name}`, role: 'presentation' }, title, element('span', {}))
  const rows = element('div', { class: 'rows', role: 'presentation' })
  return element(
    'div',
    { class: `of-${name}`, role: 'group', 'aria-labelledby': `hits-${name}`, hidden: true },
    heading,
    rows,
    element('p', { class: 'words', role: 'presentation' }),
  )
}

function examples(): HTMLElement {
  const rows = EXAMPLES.map(([ask, why]) => element('li', {}, element('button', { type: 'button', 'data-ask': ask }, ask), ` ${why}`))
  return element('div', { class: 'start' }, element('p', {}, 'You can look for'), element('ul', { role: 'list' }, ...rows))
}

/** Shows what may be asked instead of what was found. */
export function emptyWords(root: HTMLElement, empty: boolean): void {
  required(root, '.start').hidden = !empty
  required(root, '.hits').hidden = empty
}

/** What is known of the functions besides those that are shown. */
export interface FunctionsInAll {
  /** How many were found, and how many there are so far. */
  count: number
  size: number
  loading: Loading
  /** Whether a row leads to those that are not shown. */
  linked: boolean
}

/** The words of a group beside and below its rows; `all` is for functions. */
export function groupWords(root: HTMLElement, state: GroupState<unknown>, all: FunctionsInAll | null): void {
  const words = required(root, '.words')
  const aside = required(root, 'h2 span')
  root.hidden = state.is === 'nothing asked'
  aside.textContent =
    all === null ? languageName() : all.size === 0 ? '' : `of ${number(all.size)}${all.loading.is === 'core' ? ', more to come' : ''}`
  words.replaceChildren()
  if (state.is === 'loading') words.textContent = 'The list of functions is on its way …'
  if (state.is === 'found' && state.hits.length === 0)
    words.textContent = all ? 'No function has a name like this.' : 'The book does not say so anywhere.'
  if (state.is === 'found' && all && !all.linked && all.count > state.hits.length)
    words.textContent = `${number(all.count - state.hits.length)} more: type on to find them. `
  const why = state.is === 'failed' ? state.why : all?.loading.is === 'failed' ? all.loading.why : null
  if (why !== null) {
    const what = all === null ? 'The index of the book' : all.size === 0 ? 'The list of functions' : 'Generated code'
    words.append(`${what} could not be loaded: ${why} `, element('button', { type: 'button', class: 'btn again' }, 'Try again'))
  }
  words.hidden = words.childNodes.length === 0
}

/** What came of it, beside the field and for those who listen. */
export function summary(
  root: HTMLElement,
  {
    typed,
    functions,
    count,
    places,
    took,
  }: { typed: string; functions: GroupState<unknown>; count: number; places: GroupState<unknown>; took: number },
): void {
  const said: string[] = []
  if (typed !== '' && functions.is === 'found') said.push(plural(count, 'function'))
  if (typed !== '' && places.is === 'found') said.push(plural(places.hits.length, 'place'))
  if (functions.is === 'failed' || places.is === 'failed') said.push('not all could be loaded')
  const words = said.join(', ')
  required(root, '[role=status]').textContent = words
  required(root, '.num').textContent = functions.is === 'found' && words !== '' ? `${words}, ${took < 1 ? '<1' : took.toFixed(0)} ms` : words
}

function plural(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`
}

/** 64,370. Not by Intl, which takes 20 ms when it is first asked: an eighth of what the first result may take. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** In their own words. */
const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', zh: '中文' }

function languageName(): string {
  const { lang } = document.documentElement
  return LANGUAGES[lang.split('-')[0] ?? ''] ?? lang
}
