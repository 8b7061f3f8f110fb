/** The outline: functions and types of the file, the current one marked, a filter when there are many. On narrow pages a sheet. */
import { element } from '../element.ts'
import type { Declared } from './functions.ts'
import { latestWhenIdle, whenIdle } from './idle.ts'

/** From as many entries on a filter is worth its room. */
const MANY = 16
/** Entries that are made at once; a file may have 2,000. Their room is there before them, so nothing moves when they come. */
const GROUP = 50

const narrow = matchMedia('(max-width: 799px)')

interface Group {
  root: HTMLElement
  declared: readonly Declared[]
  filled: boolean
}

export class Outline {
  readonly #root: HTMLElement
  readonly #list = element('nav', { 'aria-label': 'Functions and types' })
  readonly #groups: readonly Group[]
  readonly #links = new Map<Declared, HTMLElement>()
  readonly #intoView = latestWhenIdle((link: HTMLElement) => this.#scrollTo(link))
  #current: Declared | null = null

  constructor(root: HTMLElement, declared: readonly Declared[]) {
    this.#root = root
    this.#groups = Array.from({ length: Math.ceil(declared.length / GROUP) }, (_, at) => {
      const some = declared.slice(at * GROUP, (at + 1) * GROUP)
      const group = element('div', { class: 'group', style: `--n:${some.length}` })
      return { root: group, declared: some, filled: false }
    })
    const count = element('p', { class: 'hush', role: 'status' })
    root.append(element('h2', {}, 'Outline'))
    if (declared.length >= MANY) root.append(this.#filter(count), count)
    root.append(this.#list)
    this.#list.append(...this.#groups.map((group) => group.root))
    if (declared.length === 0) this.#list.append(element('p', { class: 'quiet' }, 'Neither functions nor types.'))
    const asSheet = () => {
      root.popover = narrow.matches ? 'auto' : null
    }
    asSheet()
    narrow.addEventListener('change', asSheet)
    this.#list.addEventListener('click', () => {
      if (root.popover) root.hidePopover()
    })
    whenIdle(() => this.#fillNext())
  }

  /** Opens the sheet of a narrow page. */
  open(): void {
    this.#fillAll()
    this.#root.showPopover()
    this.#links.get(this.#current as Declared)?.scrollIntoView({ block: 'center' })
  }

  /** Marks where the reader is. */
  mark(now: Declared | null): void {
    this.#links.get(this.#current as Declared)?.removeAttribute('aria-current')
    this.#current = now
    if (!now) return
    const group = this.#groups.find(({ declared }) => declared.includes(now))
    if (group) this.#fill(group)
    const link = this.#links.get(now)
    if (!link) return
    link.setAttribute('aria-current', 'true')
    this.#intoView(link)
  }

  /** Scrolls the list, and nothing around it. */
  #scrollTo(link: HTMLElement): void {
    const [box, view] = [link.getBoundingClientRect(), this.#root.getBoundingClientRect()]
    if (view.height === 0 || (box.top >= view.top + 40 && box.bottom <= view.bottom - 40)) return
    this.#root.scrollTop += box.top - view.top - view.height / 3
  }

  #fill(group: Group): void {
    if (group.filled) return
    group.filled = true
    for (const one of group.declared) {
      const link = entry(one)
      this.#links.set(one, link)
      group.root.append(link)
    }
  }

  /** One group after the other, so that no frame waits for them. */
  #fillNext(): void {
    const group = this.#groups.find(({ filled }) => !filled)
    if (!group) return
    this.#fill(group)
    whenIdle(() => this.#fillNext())
  }

  #fillAll(): void {
    for (const group of this.#groups) this.#fill(group)
  }

  #filter(count: HTMLElement): HTMLElement {
    const input = element('input', { type: 'search', 'aria-label': 'Filter the outline', placeholder: 'Filter' })
    input.addEventListener('input', () => {
      this.#fillAll()
      const wanted = input.value.trim().toLowerCase()
      // Groups have the room of all their entries until the browser comes to them.
      this.#list.classList.toggle('filtered', wanted !== '')
      let left = 0
      for (const [{ name }, link] of this.#links) {
        link.hidden = !name.toLowerCase().includes(wanted)
        if (!link.hidden) left++
      }
      count.textContent = wanted ? `${left} of ${this.#links.size}` : ''
    })
    return input
  }
}

function entry({ name, kind, from }: Declared): HTMLElement {
  const number = element('span', { class: 'num' }, String(from))
  if (kind !== 'func')
    return element('a', { href: `#L${from}` }, element('span', { class: 'last' }, name), element('span', { class: 'kind' }, kind), number)
  const dot = name.endsWith(']') ? -1 : name.lastIndexOf('.')
  // Where it is narrow the receiver is cut, not the method.
  const receiver = dot < 0 ? [] : [element('span', { class: 'kind of' }, name.slice(0, dot + 1))]
  return element('a', { href: `#L${from}`, title: name }, ...receiver, element('span', { class: 'last' }, name.slice(dot + 1)), number)
}
