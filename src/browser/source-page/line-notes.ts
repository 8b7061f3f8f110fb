/** What lies beside and behind single lines: washes over their whole width, and words at their ends. Their places are computed, so the text never moves. */
import { columns } from '../../source/page/text.ts'
import { element } from '../element.ts'
import type { FileText } from './file-text.ts'
import type { Lines } from './target.ts'

export type Wash = 'target' | 'halted'

export class LineNotes {
  /** Stands before the text, so that it lies under it. */
  readonly bands = element('div', { class: 'bands', 'aria-hidden': 'true' })
  /** Stands behind the text. */
  readonly ends = element('div', { class: 'ends' })
  readonly #text: FileText
  readonly #washes = new Map<Wash, HTMLElement>()
  readonly #ends = new Map<number, HTMLElement>()

  constructor(text: FileText) {
    this.#text = text
  }

  /** Washes lines in the colour of `wash`, and no others; none for null. */
  wash(wash: Wash, lines: Lines | null): void {
    this.#washes.get(wash)?.remove()
    this.#washes.delete(wash)
    if (!lines) return
    const band = element('div', { class: `band ${wash}` })
    band.style.insetBlockStart = `calc(${lines.from - 1} * var(--line))`
    band.style.blockSize = `calc(${lines.to - lines.from + 1} * var(--line))`
    this.#washes.set(wash, band)
    this.bands.append(band)
  }

  /** Puts something at the end of a line, behind what is there already. */
  append(line: number, ...nodes: Node[]): void {
    this.#end(line).append(...nodes)
  }

  /** Takes away everything of that class. */
  remove(className: string): void {
    for (const [line, end] of this.#ends) {
      for (const old of end.querySelectorAll(`.${className}`)) old.remove()
      if (end.childElementCount > 0) continue
      end.remove()
      this.#ends.delete(line)
    }
  }

  #end(line: number): HTMLElement {
    const known = this.#ends.get(line)
    if (known) return known
    const end = element('div', { class: 'line-end' })
    end.style.insetBlockStart = `calc(${line - 1} * var(--line))`
    end.style.setProperty('--c', String(columns(this.#text.line(line))))
    this.#ends.set(line, end)
    const after = [...this.#ends.keys()].filter((other) => other > line).sort((a, b) => a - b)[0]
    this.ends.insertBefore(end, (after !== undefined && this.#ends.get(after)) || null)
    return end
  }
}
