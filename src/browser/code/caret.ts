/** From a point on the screen to a place in the text of a file. */
import type { CodeLines, Place } from './lines.ts'

interface CaretDocument {
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null
  /** Safari has only this one. */
  caretRangeFromPoint?(x: number, y: number): Range | null
}

/** The place under a point; null when there is no text of the file. */
export function placeAt(lines: CodeLines, x: number, y: number): Place | null {
  const page = document as unknown as CaretDocument
  const position = page.caretPositionFromPoint?.(x, y)
  const range = position ? null : page.caretRangeFromPoint?.(x, y)
  const [node, offset] = position ? [position.offsetNode, position.offset] : [range?.startContainer, range?.startOffset ?? 0]
  return node ? lines.placeOf(node, offset) : null
}

/** Whether a point is on a range: the caret of a point beside a line is at the line's end. */
export function isOn(range: Range, x: number, y: number): boolean {
  return [...range.getClientRects()].some(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom)
}
