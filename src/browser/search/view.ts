/** The search itself, wherever it stands: a field, two groups of what was found, and keys that do something with the chosen one. */
import { required } from '../element.ts'
import { lastStatus, watchStatus } from '../status.ts'
import { breakCommand, canStop, stopHere, visitAddress } from './actions.ts'
import { Functions } from './functions.ts'
import { type Action, actions, type FunctionHit, functionRow, moreRow, proseRow } from './hits.ts'
import type { Asked } from './open.ts'
import { Prose, type ProseHit } from './prose.ts'
import type { Query } from './query.ts'
import { emptyWords, type GroupState, groupWords, number, parts, summary } from './view-parts.ts'

export interface ViewOptions {
  asked: Pick<Asked, 'site' | 'core'>
  /** Functions shown at most, and the address of the page that shows more; null when this is it. */
  limit: number
  more: string | null
  /** Called when the reader has gone to a place of this very page, or stopped there. */
  left(): void
  /** Called with what is in the field, at each change. */
  typed?(text: string): void
}

/** A row that can be chosen. */
interface Row {
  element: HTMLElement
  group: 'functions' | 'prose'
  hit: FunctionHit | null
}

export class SearchView {
  readonly root: HTMLElement
  readonly #field: HTMLInputElement
  readonly #options: ViewOptions
  readonly #functions: Functions
  readonly #prose: Prose
  #rows: Row[] = []
  #chosen = -1
  /** The reader has chosen a row: it stays chosen when more is found. */
  #moved = false
  /** Kept, since to ask for it, or to set it, has the page laid out at once. */
  #scrolled = false
  #query: Query | null = null
  #hits: FunctionHit[] = []
  #count = 0
  #took = 0
  /** What was said of the last action; it stays until something else is asked, whatever is found meanwhile. */
  #said: string | null = null
  #places: GroupState<ProseHit> = { is: 'nothing asked' }
  #asking = 0
  /** Whether the relay has sandboxes: it says so a moment after it was asked. */
  #live = lastStatus()?.is === 'live'

  constructor(options: ViewOptions) {
    this.#options = options
    this.root = parts()
    this.#field = required<HTMLInputElement>(this.root, 'input')
    this.#functions = new Functions(options.asked, () => this.#found())
    this.#prose = new Prose(options.asked.site)
    this.#field.addEventListener('input', () => this.ask(this.#field.value))
    this.root.addEventListener('keydown', (event) => this.#key(event))
    this.root.addEventListener('click', (event) => this.#click(event))
    this.root.addEventListener('mousemove', ({ target }) => this.#point(target))
    const hits = required(this.root, '.hits')
    hits.addEventListener('scroll', () => {
      this.#scrolled = hits.scrollTop > 0
    })
    this.#draw()
    watchStatus(({ is }) => {
      if (this.#live === (is === 'live')) return
      this.#live = is === 'live'
      this.#draw()
    })
  }

  /** Puts the cursor into the field, what is there selected. */
  focus(): void {
    this.#field.focus()
    this.#field.select()
  }

  /** Looks for `typed`, and shows it in the field. */
  ask(typed: string): void {
    if (this.#field.value !== typed) this.#field.value = typed
    this.#moved = false
    this.#said = null
    this.#options.typed?.(typed)
    this.#found()
    void this.#findProse(typed)
  }

  #found(): void {
    const typed = this.#field.value
    const began = performance.now()
    const { hits, count, query } = this.#functions.find(typed, this.#options.limit)
    this.#took = performance.now() - began
    this.#query = query
    this.#count = count
    this.#hits = hits.map(({ place, line }) => {
      const found = this.#functions.at(place)
      return { found, line: line ?? found.line, asked: line }
    })
    this.#draw()
  }

  async #findProse(typed: string): Promise<void> {
    const mine = ++this.#asking
    const told = (places: GroupState<ProseHit>) => {
      if (mine !== this.#asking) return
      this.#places = places
      required(this.root, '.of-prose').dataset.of = typed
      this.#drawProse()
    }
    if (typed.trim() === '') return told({ is: 'nothing asked' })
    try {
      // Pagefind takes a worker, WebAssembly and the words of the book to begin with: functions are shown before.
      await this.#functions.begun
      if (mine !== this.#asking) return
      told({ is: 'found', hits: await this.#prose.find(typed) })
    } catch (error) {
      told({ is: 'failed', why: (error as Error).message })
    }
  }

  /** Draws the functions anew, and what depends on them. */
  #draw(): void {
    const { loading } = this.#functions
    const state = this.#functionState()
    const { site } = this.#options.asked
    const rows: Row[] = []
    if (state.is === 'found') {
      for (const hit of state.hits) {
        rows.push({ element: functionRow(hit, { id: `function-${rows.length}`, site, query: this.#query }), group: 'functions', hit })
      }
      const { more } = this.#options
      if (more !== null && this.#count > state.hits.length) {
        const address = `${more}?${new URLSearchParams({ q: this.#field.value.trim() })}`
        rows.push({ element: moreRow(number(this.#count), address, `function-${rows.length}`), group: 'functions', hit: null })
      }
    }
    const root = required(this.root, '.of-functions')
    required(root, '.rows').replaceChildren(...rows.map((row) => row.element))
    groupWords(root, state, { count: this.#count, size: this.#functions.size, loading, linked: this.#options.more !== null })
    this.#replace('functions', rows)
  }

  /** Draws the places of the book anew; the functions stay as they are. */
  #drawProse(): void {
    const places = this.#places.is === 'found' ? this.#places.hits : []
    const rows = places.map((place, at): Row => ({ element: proseRow(place, `place-${at}`), group: 'prose', hit: null }))
    const root = required(this.root, '.of-prose')
    required(root, '.rows').replaceChildren(...rows.map((row) => row.element))
    groupWords(root, this.#places, null)
    this.#replace('prose', rows)
  }

  #functionState(): GroupState<FunctionHit> {
    const { loading } = this.#functions
    if (this.#field.value.trim() === '') return { is: 'nothing asked' }
    if (loading.is === 'loading' || (loading.is === 'failed' && this.#functions.size === 0)) return loading
    return { is: 'found', hits: this.#hits }
  }

  /** Puts new rows of one group in the place of its old ones. What the reader has chosen stays chosen if it is still there. */
  #replace(group: Row['group'], rows: readonly Row[]): void {
    const before = this.#moved ? this.#rows[this.#chosen]?.element.getAttribute('href') : null
    const others = this.#rows.filter((row) => row.group !== group)
    this.#rows = group === 'functions' ? [...rows, ...others] : [...others, ...rows]
    const typed = this.#field.value.trim()
    emptyWords(this.root, typed === '')
    if (this.#said === null)
      summary(this.root, { typed, functions: this.#functionState(), count: this.#count, places: this.#places, took: this.#took })
    this.#field.setAttribute('aria-expanded', String(this.#rows.length > 0))
    const same = before == null ? -1 : this.#rows.findIndex(({ element }) => element.getAttribute('href') === before)
    this.#choose(Math.max(0, same), false)
  }

  #choose(at: number, scroll = true): void {
    const row = this.#rows[at]
    for (const { element } of this.#rows) if (element.getAttribute('aria-selected') === 'true') element.setAttribute('aria-selected', 'false')
    this.#chosen = row ? at : -1
    if (!row) return void this.#field.removeAttribute('aria-activedescendant')
    row.element.setAttribute('aria-selected', 'true')
    if (row.hit && !row.element.querySelector('.acts')) row.element.append(actions(row.hit.found))
    this.#field.setAttribute('aria-activedescendant', row.element.id)
    if (scroll) row.element.scrollIntoView({ block: 'nearest' })
    else if (at === 0 && this.#scrolled) required(this.root, '.hits').scrollTop = 0
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.target !== this.#field) return
    const control = event.ctrlKey || event.metaKey
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#step(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Tab' && !control) {
      if (!this.#toGroup(event.shiftKey ? 'functions' : 'prose')) return
    } else if (event.key === 'Enter') this.#act(control ? 'stop' : event.shiftKey ? 'visit' : 'read')
    else if (event.key.toLowerCase() === 'b' && control && !event.shiftKey) this.#act('copy')
    else return
    event.preventDefault()
  }

  #step(by: 1 | -1): void {
    const { length } = this.#rows
    if (length === 0) return
    this.#moved = true
    this.#choose((this.#chosen + by + length) % length)
  }

  /** Goes to the first row of the other group; false when the chosen one is in it, or it has none: then Tab goes on as everywhere. */
  #toGroup(group: Row['group']): boolean {
    const first = this.#rows.findIndex((row) => row.group === group)
    if (first < 0 || this.#rows[this.#chosen]?.group === group) return false
    this.#moved = true
    this.#choose(first)
    return true
  }

  #point(target: EventTarget | null): void {
    const at = this.#rows.findIndex(({ element }) => target instanceof Node && element.contains(target))
    if (at < 0 || at === this.#chosen) return
    this.#moved = true
    this.#choose(at, false)
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element
    const example = target.closest<HTMLElement>('[data-ask]')
    if (example) {
      this.ask(example.dataset.ask ?? '')
      this.#field.focus()
      return
    }
    if (target.closest('.again')) {
      this.#functions.retry()
      void this.#findProse(this.#field.value)
      return
    }
    const at = this.#rows.findIndex(({ element }) => element.contains(target))
    if (at < 0) return
    const action = target.closest<HTMLElement>('[data-act]')?.dataset.act as Action | undefined
    this.#choose(at, false)
    if (action !== undefined && action !== 'read') {
      event.preventDefault()
      this.#act(action)
    } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.#options.left()
  }

  #act(action: Action): void {
    const row = this.#rows[this.#chosen]
    if (!row) return
    const { site } = this.#options.asked
    const { hit } = row
    const address = hit && visitAddress(site, hit.found)
    if (action === 'read' || hit === null) this.#go(row.element.getAttribute('href') ?? '')
    else if (action === 'visit' && address) this.#go(address)
    else if (action === 'stop' && canStop(hit.found) && stopHere(site, hit.found, hit.line)) this.#options.left()
    else if (action === 'copy') void this.#copy(hit)
  }

  #go(address: string): void {
    this.#options.left()
    location.assign(address)
  }

  async #copy({ found, asked }: FunctionHit): Promise<void> {
    const command = breakCommand(found, asked)
    if (command === null) return
    try {
      await navigator.clipboard.writeText(command)
      this.#said = `Copied: ${command}`
    } catch {
      // Pages that come over plain HTTP from another machine have no clipboard.
      this.#said = `Copy it by hand: ${command}`
    }
    for (const place of ['[role=status]', '.num']) required(this.root, place).textContent = this.#said
  }
}
