/** Where the colours of a line begin and end, taken from the highlighter's HTML. Pure. */

/** UTF-16 units from the line's beginning, and the class of the colour. */
export interface ColourMark {
  from: number
  to: number
  name: string
}

const PIECE = /<span class="(\w+)">|<\/span>|&(?:amp|lt|gt);|[^<&]+/g

/** The marks of one line of HTML as `highlight.ts` makes it: spans that do not nest, and three entities. */
export function marksOf(html: string): ColourMark[] {
  const marks: ColourMark[] = []
  let at = 0
  let open: { from: number; name: string } | null = null
  for (const [piece, name] of html.matchAll(PIECE)) {
    if (name !== undefined) open = { from: at, name }
    else if (piece === '</span>') {
      if (open) marks.push({ ...open, to: at })
      open = null
    } else at += piece.startsWith('&') ? 1 : piece.length
  }
  return marks
}
