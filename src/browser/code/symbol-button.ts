/** The one identifier of a file that is a button at the moment: a popover stands at it, or the keyboard is on it. */
import { element } from '../element.ts'
import { rangeOf } from './caret.ts'
import type { Identifier } from './identifiers.ts'

export class SymbolButton {
  #button: HTMLButtonElement | null = null
  #identifier: Identifier | null = null

  /** The identifier that is a button now. */
  get identifier(): Identifier | null {
    return this.#button?.isConnected ? this.#identifier : null
  }

  get element(): HTMLButtonElement | null {
    return this.#button?.isConnected ? this.#button : null
  }

  /** Makes an identifier the button, and the one before text again. Null when its line is not in the page. */
  put(root: HTMLElement, identifier: Identifier): HTMLButtonElement | null {
    const { line, column, name } = identifier
    if (this.#identifier?.line === line && this.#identifier.column === column && this.#button?.isConnected) return this.#button
    this.remove()
    const item = root.querySelector<HTMLElement>(`.ln[data-line="${line}"]`)
    const range = item && rangeOf(item, column, name.length)
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
