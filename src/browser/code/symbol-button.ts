/** The one identifier of a file that is a button at the moment: a popover stands at it, or the keyboard is on it. */
import { element } from '../element.ts'
import type { Identifier } from './identifiers.ts'
import type { Shown } from './shown.ts'

export class SymbolButton {
  readonly #shown: Pick<Shown, 'range'>
  #button: HTMLButtonElement | null = null
  #identifier: Identifier | null = null

  constructor(shown: Pick<Shown, 'range'>) {
    this.#shown = shown
  }

  /** The identifier that is a button now. */
  get identifier(): Identifier | null {
    return this.#button?.isConnected ? this.#identifier : null
  }

  get element(): HTMLButtonElement | null {
    return this.#button?.isConnected ? this.#button : null
  }

  /** Makes an identifier the button, and the one before text again. Null when its line is not in the page. */
  put(identifier: Identifier): HTMLButtonElement | null {
    const { line, column, name } = identifier
    if (this.#identifier?.line === line && this.#identifier.column === column && this.#button?.isConnected) return this.#button
    this.remove()
    const range = this.#shown.range(identifier)
    // The text may be another one: a line that was changed in this build.
    if (!range || range.toString() !== name) return null
    const button = element('button', { class: 'sym', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' })
    button.append(range.extractContents())
    range.insertNode(button)
    this.#button = button
    this.#identifier = identifier
    return button
  }

  /** Makes it text again. */
  remove(): void {
    const parent = this.#button?.parentNode
    this.#button?.replaceWith(...this.#button.childNodes)
    parent?.normalize()
    this.#button = null
    this.#identifier = null
  }
}
