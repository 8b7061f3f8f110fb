/** From a point on the screen to a place in a line of source, and back. */

/** A line's element and a column in it, from 0, in UTF-16 units of the line's text. */
export interface Place {
  item: HTMLElement
  line: number
  column: number
}

interface CaretDocument {
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null
  /** Safari has only this one. */
  caretRangeFromPoint?(x: number, y: number): Range | null
}

/** The place under a point; null when there is no text of a line. */
export function placeAt(root: HTMLElement, x: number, y: number): Place | null {
  const page = document as unknown as CaretDocument
  const position = page.caretPositionFromPoint?.(x, y)
  const range = position ? null : page.caretRangeFromPoint?.(x, y)
  const [node, offset] = position ? [position.offsetNode, position.offset] : [range?.startContainer, range?.startOffset ?? 0]
  const pre = (node instanceof Text ? node.parentElement : null)?.closest('pre')
  const item = pre?.closest<HTMLElement>('.ln')
  if (!node || !pre || !item || !root.contains(item)) return null
  const before = document.createRange()
  before.setStart(pre, 0)
  before.setEnd(node, offset)
  return { item, line: Number(item.dataset.line), column: before.toString().length }
}

/** Whether a point is on a range: the caret of a point beside a line is at the line's end. */
export function isOn(range: Range, x: number, y: number): boolean {
  return [...range.getClientRects()].some(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom)
}

/** The characters of a line from a column; null when the line has not so many. */
export function rangeOf(item: HTMLElement, column: number, length: number): Range | null {
  const pre = item.querySelector('pre')
  if (!pre) return null
  const range = document.createRange()
  const texts = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT)
  let before = 0
  let begun = false
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const after = before + (node as Text).length
    if (!begun && column < after) {
      range.setStart(node, column - before)
      begun = true
    }
    if (begun && column + length <= after) {
      range.setEnd(node, column + length - before)
      return range
    }
    before = after
  }
  return null
}
