/** Shows signature and doc of the identifier that the pointer rests on, and underlines it. */
import { isOn, placeAt } from './caret.ts'
import type { Identifier } from './identifiers.ts'
import { Floating } from './popover.ts'
import type { Shown } from './shown.ts'

/** Milliseconds that the pointer rests before anything is asked. */
const REST = 350
/** Milliseconds without questions after one that failed: the index may not be there yet. */
const QUIET = 30_000
/** The name of the highlight in the styles. */
const HIGHLIGHT = 'code-under-pointer'

export class Hover {
  readonly #shown: Shown
  readonly #hint = new Floating('tooltip')
  readonly #removed = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #under: { identifier: Identifier; range: Range } | null = null
  #asked = 0
  #quietUntil = 0

  constructor(shown: Shown) {
    this.#shown = shown
    const { root } = shown.lines
    const { signal } = this.#removed
    root.addEventListener('pointermove', (event) => this.#move(event), { signal })
    root.addEventListener('pointerleave', () => this.hide(), { signal })
    document.addEventListener('scroll', () => this.hide(), { signal, capture: true })
  }

  /** The identifier that the pointer is on, once it has rested there. */
  get identifier(): Identifier | null {
    return this.#under?.identifier ?? null
  }

  hide(): void {
    this.#asked++
    clearTimeout(this.#timer)
    this.#under = null
    globalThis.CSS?.highlights?.delete(HIGHLIGHT)
    this.#hint.hide()
  }

  remove(): void {
    this.hide()
    this.#removed.abort()
    this.#hint.remove()
  }

  #move({ pointerType, buttons, clientX, clientY }: PointerEvent): void {
    // A finger does not hover, and who selects text wants nothing in the way.
    if (pointerType !== 'mouse') return
    if (this.#under && buttons === 0 && isOn(this.#under.range, clientX, clientY)) return
    this.hide()
    if (buttons === 0) this.#timer = setTimeout(() => void this.#rest(clientX, clientY), REST)
  }

  async #rest(x: number, y: number): Promise<void> {
    const asked = this.#asked
    const place = placeAt(this.#shown.lines, x, y)
    if (!place || performance.now() < this.#quietUntil || document.querySelector('.pop:not(.hint):popover-open')) return
    try {
      const found = await this.#shown.find(place.line, place.column)
      const range = found && this.#shown.range(found.identifier)
      if (!found || !range || !isOn(range, x, y)) return
      const nodes = await this.#shown.words(found, true)
      if (asked !== this.#asked) return
      this.#under = { identifier: found.identifier, range }
      globalThis.CSS?.highlights?.set(HIGHLIGHT, new Highlight(range))
      await this.#hint.show(() => range.getBoundingClientRect(), found.identifier.name, Promise.resolve(nodes))
    } catch {
      // Nobody asked for it, so nothing is said; a click says what is the matter.
      this.#quietUntil = performance.now() + QUIET
    }
  }
}
