/** A stretch of a file's lines in the page. Long files are made of many, each filled when it comes near the window. */
import { element } from './element.ts'

/** Lines in one part. */
export const PART = 200
/** Height of a line that does not wrap (CSS pixels); parts not yet filled keep their room by it. */
const LINE_HEIGHT = 20

export class SourcePart {
  readonly list: HTMLOListElement
  /** Its first line, counted from 1. */
  readonly first: number
  readonly #lines: readonly string[]
  #items: HTMLLIElement[] = []

  /** `lines` are those of this part only, as plain text. */
  constructor(first: number, lines: readonly string[]) {
    this.first = first
    this.#lines = lines
    this.list = element('ol', { class: 'part', start: String(first) })
    this.list.style.minBlockSize = `${lines.length * LINE_HEIGHT}px`
  }

  get filled(): boolean {
    return this.#items.length > 0
  }

  /** Makes the lines, in plain text. Returns whether there was anything to do. */
  fill(): boolean {
    if (this.filled) return false
    this.#items = this.#lines.map((text, at) => lineItem(this.first + at, text))
    this.list.style.minBlockSize = ''
    this.list.replaceChildren(...this.#items)
    return true
  }

  /** The line's element; null while the part is empty or the line is elsewhere. */
  item(line: number): HTMLLIElement | null {
    return this.#items[line - this.first] ?? null
  }

  /** Lays colours over the plain text: `html` has one entry for each line of this part, made by the highlighter. */
  colour(html: readonly string[]): void {
    for (const [at, item] of this.#items.entries()) {
      const text = item.querySelector('pre')
      const coloured = html[at]
      if (text && coloured !== undefined) text.innerHTML = coloured || ' '
    }
  }
}

function lineItem(line: number, text: string): HTMLLIElement {
  const button = element(
    'button',
    { class: 'no', type: 'button', tabindex: '-1', 'aria-pressed': 'false', 'aria-label': `Break at ${line}` },
    String(line),
  )
  return element('li', { class: 'ln', 'data-line': String(line) }, button, element('pre', {}, text || ' '))
}
