/** The lines of a source page, as the names in them need them. */
import type { CodeLines } from '../code/lines.ts'
import { element } from '../element.ts'
import type { FileText } from './file-text.ts'
import { type Gutter, lineOf } from './gutter.ts'

/** `sheet` contains text and gutter; the layer for buttons is added to it. */
export function codeLines(sheet: HTMLElement, text: FileText, gutter: Gutter): CodeLines {
  const over = element('div', { class: 'names' })
  sheet.append(over)
  return {
    root: sheet,
    over,
    placeOf: (node, offset) => text.placeOf(node, offset),
    range: (line, from, to) => {
      const place = text.range(line, from, to)
      if (!place) return null
      const range = document.createRange()
      range.setStart(place.startContainer, place.startOffset)
      range.setEnd(place.endContainer, place.endOffset)
      return range
    },
    line: (line) => text.line(line),
    numberedBy: lineOf,
    number: (line) => gutter.reach(line),
  }
}
