/** The two things that float over source: a hint on hover, and a popover with everything about an identifier. Both in the browser's top layer. */
import { element } from '../element.ts'

/** Room that is left between an identifier and what stands at it (CSS pixels). */
const GAP = 4

/** Height that it has at least, however little room there is. */
const LEAST_ROOM = 120

/** An element of the top layer that is placed beside a rectangle; on phones its style makes it a sheet. */
export class Floating {
  readonly element: HTMLElement
  #asked = 0
  #anchor: (() => DOMRect) | null = null

  /** A `dialog` takes focus and closes on Escape or a click elsewhere; a `tooltip` only shows. `onClose` is called whenever it closes. */
  constructor(role: 'dialog' | 'tooltip', onClose: () => void = () => {}) {
    const attributes = role === 'dialog' ? { class: 'pop', popover: 'auto', tabindex: '-1' } : { class: 'pop hint', popover: 'manual' }
    this.element = element('div', { role, ...attributes })
    this.element.addEventListener('toggle', (event) => {
      if ((event as ToggleEvent).newState === 'closed') onClose()
    })
    document.body.append(this.element)
  }

  get isOpen(): boolean {
    return this.element.matches(':popover-open')
  }

  /**
   * Opens beside what `anchor` measures, with `contents`, which may come later; a later call wins. What `contents` rejects with is said in
   * their place. Resolves when they are shown.
   */
  async show(anchor: () => DOMRect, label: string, contents: Promise<readonly Node[]>): Promise<void> {
    const asked = ++this.#asked
    this.#anchor = anchor
    this.element.setAttribute('aria-label', label)
    this.element.replaceChildren(element('p', { class: 'said', role: 'status' }, 'Looking …'))
    if (!this.isOpen) this.element.showPopover()
    this.place()
    const nodes = await contents.catch((error: Error) => [element('p', { class: 'said', role: 'status' }, error.message)])
    if (asked !== this.#asked || !this.isOpen) return
    this.element.replaceChildren(...nodes)
    this.element.scrollTop = 0
    this.place()
  }

  hide(): void {
    this.#asked++
    if (this.isOpen) this.element.hidePopover()
  }

  remove(): void {
    this.hide()
    this.element.remove()
  }

  /** Below the anchor, or above it where there is more room; follows it when the page is scrolled. */
  place(): void {
    if (!this.#anchor || !this.isOpen) return
    const { left, top, bottom } = this.#anchor()
    const { style } = this.element
    style.removeProperty('--room')
    const { offsetWidth, offsetHeight } = this.element
    const [below, above] = [innerHeight - bottom - 2 * GAP, top - 2 * GAP]
    const side = offsetHeight <= below || below >= above ? 'below' : 'above'
    style.setProperty('--room', `${Math.max(side === 'below' ? below : above, LEAST_ROOM)}px`)
    style.setProperty('--x', `${Math.max(GAP, Math.min(left, innerWidth - offsetWidth - GAP))}px`)
    style.setProperty('--y', side === 'below' ? `${bottom + GAP}px` : `${innerHeight - top + GAP}px`)
    this.element.dataset.side = side
  }
}
