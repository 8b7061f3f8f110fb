/** The text of the page's file as it stands in the page: from lines to places in its text nodes, and back. Nothing in it is ever changed. */
import { PART } from '../../source/page/text.ts'

/** A stretch of lines: an element of the page with one text node. */
export interface Part {
  element: HTMLElement
  node: Text
  /** Its first line, counted from 1, and how many it has. */
  first: number
  count: number
}

/** Where something is in the text; columns count UTF-16 units from 0, as strings do. */
export interface TextPlace {
  line: number
  column: number
}

/** Characters that tell what begins on a line. */
const BEGINNING = 8

export class FileText {
  readonly root: HTMLElement
  readonly parts: readonly Part[]
  readonly count: number
  /** Lines of the parts that were asked for, and where each begins. */
  readonly #lines = new Map<Part, { lines: readonly string[]; starts: readonly number[] }>()

  /** `root` is the element that `textElement` in `source/page/text.ts` wrote. */
  constructor(root: HTMLElement) {
    this.root = root
    const elements = [...root.children] as HTMLElement[]
    this.parts = elements.map((element, at) => {
      const count = Number(element.style.getPropertyValue('--n') || PART)
      return { element, node: element.firstChild as Text, first: at * PART + 1, count }
    })
    this.count = this.parts.reduce((sum, { count }) => sum + count, 0)
  }

  /** The part that a line is in; null when the file has no such line. */
  partOf(line: number): Part | null {
    return line >= 1 && line <= this.count ? (this.parts[Math.floor((line - 1) / PART)] ?? null) : null
  }

  /** The text of a line; empty when the file has no such line. */
  line(line: number): string {
    const part = this.partOf(line)
    return part ? (this.#read(part).lines[line - part.first] ?? '') : ''
  }

  /** The first characters of a line. Less work than to read a part, when a line here and there is looked at. */
  beginning(line: number): string {
    const part = this.partOf(line)
    if (!part) return ''
    const { data } = part.node
    let start = 0
    for (let at = part.first; at < line; at++) start = data.indexOf('\n', start) + 1
    return data.slice(start, start + BEGINNING)
  }

  /** All lines, without line ends. */
  lines(): string[] {
    const lines = (this.root.textContent ?? '').split('\n')
    lines.pop()
    return lines
  }

  /** Part of a line, as a range that does not follow changes: there are none. Null when the file has no such line. */
  range(line: number, from: number, to: number): StaticRange | null {
    const part = this.partOf(line)
    if (!part) return null
    const start = this.#read(part).starts[line - part.first] ?? 0
    return new StaticRange({ startContainer: part.node, startOffset: start + from, endContainer: part.node, endOffset: start + to })
  }

  /** What is at a point of a text node, as a caret or a selection names it; null when it is not in the text. */
  placeOf(node: Node, offset: number): TextPlace | null {
    const part = this.parts.find((one) => one.node === node || one.element === node)
    if (!part) return null
    const { starts } = this.#read(part)
    const at = part.element === node ? (offset > 0 ? part.node.length : 0) : offset
    let index = 0
    while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= at) index++
    return { line: part.first + index, column: at - (starts[index] ?? 0) }
  }

  #read(part: Part): { lines: readonly string[]; starts: readonly number[] } {
    const known = this.#lines.get(part)
    if (known) return known
    const lines = part.node.data.split('\n').slice(0, part.count)
    let start = 0
    const starts = lines.map((line) => {
      const here = start
      start += line.length + 1
      return here
    })
    const read = { lines, starts }
    this.#lines.set(part, read)
    return read
  }
}
