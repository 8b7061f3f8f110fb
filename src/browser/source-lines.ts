/** The lines of one file in the source pane: filled where they are seen, so that a generated file of 20,000 lines opens at once. */
import { element } from './element.ts'
import { PART, SourcePart } from './source-part.ts'

export class SourceLines {
  readonly root: HTMLElement
  readonly count: number
  readonly #parts: SourcePart[] = []
  readonly #near: IntersectionObserver
  readonly #onFilled: (part: SourcePart) => void

  /** `scroller` is the element that scrolls `root`; `onFilled` is called when a part's lines have been made. */
  constructor(lines: readonly string[], scroller: HTMLElement, onFilled: (part: SourcePart) => void) {
    this.count = lines.length
    this.#onFilled = onFilled
    this.root = element('div', { class: 'lines' })
    for (let from = 0; from < lines.length; from += PART) this.#parts.push(new SourcePart(from + 1, lines.slice(from, from + PART)))
    this.root.append(...this.#parts.map((part) => part.list))
    // Lines are in a monospaced face: the longest one gives the width, so that it does not change while parts are filled.
    const widest = lines.reduce((most, line) => Math.max(most, width(line)), 0)
    this.root.style.setProperty('--widest', `${widest}ch`)
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), { root: scroller, rootMargin: '1000px 0px' })
    for (const part of this.#parts) this.#near.observe(part.list)
  }

  /** The element of `line`, made if need be; null when the file has no such line. */
  item(line: number): HTMLLIElement | null {
    const part = this.#parts[Math.floor((line - 1) / PART)]
    if (!part) return null
    this.#fill(part)
    return part.item(line)
  }

  /** The element of `line` if it has been made. */
  made(line: number): HTMLLIElement | null {
    return this.#parts[Math.floor((line - 1) / PART)]?.item(line) ?? null
  }

  /** Stops watching. */
  close(): void {
    this.#near.disconnect()
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const part = entry.isIntersecting && this.#parts.find((one) => one.list === entry.target)
      if (part) this.#fill(part)
    }
  }

  #fill(part: SourcePart): void {
    if (!part.fill()) return
    this.#near.unobserve(part.list)
    this.#onFilled(part)
  }
}

/** Columns of a line, with tabs as the pane sets them. */
function width(line: string): number {
  const tabs = line.length - line.replace(/\t/g, '').length
  return line.length + tabs
}
