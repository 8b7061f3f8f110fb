/** The one identifier of a file that has a button over it at the moment: a popover stands at it, or the keyboard is on it. The text itself stays as it is. */
import { element } from '../element.ts'
import type { Identifier } from './identifiers.ts'
import type { Shown } from './shown.ts'

export class SymbolButton {
  readonly #shown: Pick<Shown, 'range' | 'lines'>
  #button: HTMLButtonElement | null = null
  #identifier: Identifier | null = null

  constructor(shown: Pick<Shown, 'range' | 'lines'>) {
    this.#shown = shown
  }

  /** The identifier that has the button now. */
  get identifier(): Identifier | null {
    return this.#button?.isConnected ? this.#identifier : null
  }

  get element(): HTMLButtonElement | null {
    return this.#button?.isConnected ? this.#button : null
  }

  /** Lays the button over an identifier, and over no other. Null when the file has no such line. */
  put(identifier: Identifier): HTMLButtonElement | null {
    const { line, column, name } = identifier
    if (this.#identifier?.line === line && this.#identifier.column === column && this.#button?.isConnected) return this.#button
    this.remove()
    const range = this.#shown.range(identifier)
    // The text may be another one: a line that was changed in this build.
    if (!range || range.toString() !== name) return null
    const attributes = { class: 'sym', type: 'button', 'aria-label': name, 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }
    const button = element('button', attributes)
    const { over } = this.#shown.lines
    const [box, from] = [range.getBoundingClientRect(), over.getBoundingClientRect()]
    Object.assign(button.style, {
      left: `${box.left - from.left}px`,
      top: `${box.top - from.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    })
    over.append(button)
    this.#button = button
    this.#identifier = identifier
    return button
  }

  /** Takes it away. */
  remove(): void {
    this.#button?.remove()
    this.#button = null
    this.#identifier = null
  }
}
