/** Finds the identifiers of a Go file, in order, as Go's own scanner does: the code index says what each of them means. */

/** What stands before an identifier and may look like one: comments, strings, runes, numbers. Keywords are sorted out afterwards. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|0[xX][\da-fA-F_.]*(?:[pP][+-]?[\d_]+)?i?|0[bBoO][\d_]+i?|\.?\d[\d_.]*(?:[eE][+-]?[\d_]+)?i?|[\p{L}_][\p{L}\p{Nd}_]*|\n/gu

const KEYWORDS = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
)

/** One identifier. Lines count from 1; columns from 0, in UTF-16 units as the page's own strings do. */
export interface Identifier {
  name: string
  line: number
  column: number
}

/** All identifiers of a file. */
export function identifiersOf(lines: readonly string[]): Identifier[] {
  const text = lines.join('\n')
  const found: Identifier[] = []
  let line = 1
  let start = 0
  for (const match of text.matchAll(TOKENS)) {
    const [token] = match
    const first = token[0] as string
    if (first === '\n') {
      line++
      start = match.index + 1
    } else if (first === '`' || token.startsWith('/*')) {
      const end = token.lastIndexOf('\n')
      if (end === -1) continue
      line += token.split('\n').length - 1
      start = match.index + end + 1
    } else if (!/[\d.'"/]/.test(first) && !KEYWORDS.has(token)) {
      found.push({ name: token, line, column: match.index - start })
    }
  }
  return found
}

/** The place in the list of the identifier that stands at a column or ends there, or null. */
export function identifierAt(identifiers: readonly Identifier[], line: number, column: number): number | null {
  const at = firstOnLine(identifiers, line)
  for (let next = at; identifiers[next]?.line === line; next++) {
    const one = identifiers[next] as Identifier
    if (one.column <= column && column <= one.column + one.name.length) return next
  }
  return null
}

/** The place of the first identifier on a line or after it. */
export function firstOnLine(identifiers: readonly Identifier[], line: number): number {
  let [low, high] = [0, identifiers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((identifiers[middle] as Identifier).line < line) low = middle + 1
    else high = middle
  }
  return low
}
