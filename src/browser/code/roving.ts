/** Where the arrows lead from one identifier to the next. */
import { firstOnLine, type Identifier } from './identifiers.ts'

/**
 * The identifier that a key leads to: left and right go through the file in order, up and down to the nearest on the line before or after
 * that has one, Home and End to the first and last of the line. Null when there is none.
 */
export function nextIdentifier(identifiers: readonly Identifier[], from: Identifier, key: string): Identifier | null {
  const { line, column } = from
  const first = firstOnLine(identifiers, line)
  const next = firstOnLine(identifiers, line + 1)
  const here = identifiers.slice(first, next)
  switch (key) {
    case 'ArrowRight':
      // From a line's number it leads into this line only.
      return here.find((one) => one.column > column) ?? (column < 0 ? null : (identifiers[next] ?? null))
    case 'ArrowLeft':
      return here.findLast((one) => one.column < column) ?? identifiers[first - 1] ?? null
    case 'Home':
      return here[0] ?? null
    case 'End':
      return here.at(-1) ?? null
    case 'ArrowUp':
      return nearest(identifiers, identifiers[first - 1]?.line, column)
    case 'ArrowDown':
      return nearest(identifiers, identifiers[next]?.line, column)
    default:
      return null
  }
}

function nearest(identifiers: readonly Identifier[], line: number | undefined, column: number): Identifier | null {
  if (line === undefined) return null
  const there = identifiers.slice(firstOnLine(identifiers, line), firstOnLine(identifiers, line + 1))
  return there.reduce((best, one) => (Math.abs(one.column - column) < Math.abs(best.column - column) ? one : best))
}
