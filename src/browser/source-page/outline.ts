/** The outline: functions and types of the file, the current one marked, a filter when there are many. On narrow pages a sheet. */
import { element } from '../element.ts'
import type { Declared } from './functions.ts'
import { whenIdle } from './idle.ts'

/** From as many entries on a filter is worth its room. */
const MANY = 16
/** Entries made at once; the rest follow when the browser has time. */
const FIRST = 200

const narrow = matchMedia('(max-width: 799px)')

export class Outline {
  readonly #root: HTMLElement
  readonly #list = element('nav', { 'aria-label': 'Functions and types' })
  readonly #links = new Map<Declared, HTMLElement>()
  #current: Declared | null = null

  constructor(root: HTMLElement, declared: readonly Declared[]) {
    this.#root = root
    const count = element('p', { class: 'hush', role: 'status' })
    root.append(element('h2', {}, 'Outline'))
    if (declared.length >= MANY) root.append(this.#filter(count), count)
    root.append(this.#list)
    if (declared.length === 0) this.#list.append(element('p', { class: 'quiet' }, 'Neither functions nor types.'))
    this.#fill(declared)
    const asSheet = () => {
      root.popover = narrow.matches ? 'auto' : null
    }
    asSheet()
    narrow.addEventListener('change', asSheet)
    this.#list.addEventListener('click', () => {
      if (root.popover) root.hidePopover()
    })
  }

  /** Opens the sheet of a narrow page. */
  open(): void {
    this.#root.showPopover()
    this.#links.get(this.#current as Declared)?.scrollIntoView({ block: 'center' })
  }

  /** Marks where the reader is. */
  mark(now: Declared | null): void {
    this.#links.get(this.#current as Declared)?.removeAttribute('aria-current')
    this.#current = now
    const link = now && this.#links.get(now)
    if (!link) return
    link.setAttribute('aria-current', 'true')
    this.#intoView(link)
  }

  /** Scrolls the list, and nothing around it. */
  #intoView(link: HTMLElement): void {
    const [box, view] = [link.getBoundingClientRect(), this.#root.getBoundingClientRect()]
    if (view.height === 0 || (box.top >= view.top + 40 && box.bottom <= view.bottom - 40)) return
    this.#root.scrollTop += box.top - view.top - view.height / 3
  }

  #fill(declared: readonly Declared[]): void {
    const some = declared.slice(0, FIRST)
    for (const one of some) {
      const link = entry(one)
      this.#links.set(one, link)
      this.#list.append(link)
    }
    if (declared.length > FIRST) whenIdle(() => this.#fill(declared.slice(FIRST)))
    if (this.#current && some.includes(this.#current)) this.mark(this.#current)
  }

  #filter(count: HTMLElement): HTMLElement {
    const input = element('input', { type: 'search', 'aria-label': 'Filter the outline', placeholder: 'Filter' })
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase()
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
