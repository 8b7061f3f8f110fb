/** The popover with everything about an identifier, and the identifier as its button. */
import type { Found } from './code-index.ts'
import type { Identifier } from './identifiers.ts'
import { Floating } from './popover.ts'
import { relationsView } from './relations-view.ts'
import type { Shown } from './shown.ts'
import { SymbolButton } from './symbol-button.ts'

export class CodeDialog {
  readonly #shown: Shown
  readonly #button: SymbolButton
  readonly #floating: Floating
  readonly #removed = new AbortController()

  constructor(shown: Shown) {
    this.#shown = shown
    this.#button = new SymbolButton(shown)
    this.#floating = new Floating('dialog', () => this.#closed())
    const { signal } = this.#removed
    // A link may lead to another line of this very page.
    this.#floating.element.addEventListener('click', ({ target }) => (target as Element).closest('a') && this.#floating.hide(), { signal })
    document.addEventListener('scroll', () => this.#floating.place(), { signal, capture: true })
  }

  /** The identifier that is a button, when `target` is that button. */
  identifierOf(target: EventTarget | null): Identifier | null {
    return target === this.#button.element ? this.#button.identifier : null
  }

  /** Puts the keyboard on an identifier. */
  reach(identifier: Identifier): void {
    const button = this.#button.put(identifier)
    button?.focus()
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** Takes the keyboard off again. */
  leave(): void {
    this.#button.remove()
  }

  /** Opens at an identifier; `byKeyboard` moves the focus into it. */
  async open(identifier: Identifier, found: Promise<Found | null>, byKeyboard: boolean): Promise<void> {
    const button = this.#button.put(identifier)
    if (!button) return
    button.setAttribute('aria-expanded', 'true')
    const shown = this.#floating.show(() => button.getBoundingClientRect(), identifier.name, this.#contents(found))
    if (!byKeyboard) return await shown
    this.#floating.element.focus()
    await shown
    this.#floating.element.querySelector<HTMLElement>('a, button')?.focus()
  }

  remove(): void {
    this.#removed.abort()
    this.#floating.remove()
    this.#button.remove()
  }

  async #contents(asked: Promise<Found | null>): Promise<Node[]> {
    const found = await asked
    if (!found) throw new Error('Nothing is known of this name.')
    const relations = found.is === 'symbol' ? relationsView(this.#shown.index, found.symbol) : []
    return (await Promise.all([this.#shown.words(found, false), relations])).flat()
  }

  #closed(): void {
    const button = this.#button.element
    button?.setAttribute('aria-expanded', 'false')
    // With the keyboard on it, it stays a button: the focus goes back there.
    if (!button?.matches(':focus') && !this.#floating.element.contains(document.activeElement)) this.#button.remove()
  }
}
