/** What the names of a file need of its lines in the page: from places to boxes and back, and the numbers beside them. */

/** A line, counted from 1, and a column in it, from 0, in UTF-16 units. */
export interface Place {
  line: number
  column: number
}

export interface CodeLines {
  /** Contains the text and its numbers: pointer and keys are listened for here. */
  readonly root: HTMLElement
  /** Lies over the text, from its first line on: what is put there does not move the text. */
  readonly over: HTMLElement
  /** The place that a point of a text node is; null when the node is not of the text. */
  placeOf(node: Node, offset: number): Place | null
  /** Columns `from` to `to` of a line; null when there is no such line. */
  range(line: number, from: number, to: number): Range | null
  /** The text of a line; empty when there is none. */
  line(line: number): string
  /** The line whose number `target` is; null when it is something else. */
  numberedBy(target: EventTarget | null): number | null
  /** The number of a line, made if need be. */
  number(line: number): HTMLElement | null
}
