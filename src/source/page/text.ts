/** How the text of a file stands in its page, and how it is taken out again. Pure: the build writes it, the panes of other pages read it. */

/** Lines in one part. The browser lays out only the parts near the window, so a long file costs no more than a short one. */
export const PART = 100
/** Columns from one tab stop to the next. */
export const TAB = 4

const OPEN = '<pre id="text">'
const CLOSE = '</pre>'
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;' }
const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<' }
/** Characters that take two columns in a monospaced face. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g

/** The element with the whole text. A part that is shorter than others says how many lines it has. */
export function textElement(lines: readonly string[]): string {
  let html = OPEN
  for (let from = 0; from < lines.length; from += PART) {
    const part = lines.slice(from, from + PART)
    html += `<span${part.length < PART ? ` style="--n:${part.length}"` : ''}>${escaped(part.join('\n'))}\n</span>`
  }
  return html + CLOSE
}

/** The lines that a page holds; null when it is no page of a source file. */
export function linesOfPage(page: string): string[] | null {
  const from = page.indexOf(OPEN)
  const to = page.indexOf(CLOSE, from)
  if (from < 0 || to < 0) return null
  const text = page
    .slice(from + OPEN.length, to)
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|amp);/g, (entity) => CHARACTERS[entity] ?? entity)
  const lines = text.split('\n')
  // The last line ends with a newline; what follows it is no line.
  lines.pop()
  return lines
}

/** Text as it may stand in an element, or in an attribute in double quotation marks. */
export function escaped(text: string): string {
  return text.replace(/[&<]/g, (character) => ENTITIES[character] ?? character)
}

/** Columns that a line takes. */
export function columns(line: string): number {
  let column = 0
  for (const piece of line.split(/(\t)/)) {
    if (piece === '\t') column += TAB - (column % TAB)
    else column += piece.length + (piece.match(WIDE)?.length ?? 0)
  }
  return column
}
