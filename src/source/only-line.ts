/** Finds the one line that an author names by its text. Reads nothing but the lines it is given. */
import { BookError } from '../book/book-error.ts'
import { near } from './near.ts'
import { meant } from './pinned-files.ts'

export interface Wanted {
  text: string
  /** What the lines are, for messages: `createHandler.func1`. */
  of: string
  /** Where the author wrote it, `file:line`. */
  where: string
}

/** The number of the only one of `numbers` whose line contains the text. Throws BookError with the candidates when there is none or more than one. */
export function onlyLine(lines: readonly string[], numbers: readonly number[], { text, of, where }: Wanted): number {
  const hits = numbers.filter((number) => lines[number - 1]?.includes(text))
  const [hit] = hits
  if (hit !== undefined && hits.length === 1) return hit
  if (hit !== undefined) {
    throw new BookError(
      `"${text}" is in ${hits.length} lines of ${of}; it must be in one.`,
      where,
      `give more of the line's text:\n    ${hits.map((number) => shown(lines, number)).join('\n    ')}`,
    )
  }
  const byText = new Map(numbers.map((number) => [lines[number - 1]?.trim() ?? '', number]))
  const alike = near(text, byText.keys()).map((line) => shown(lines, byText.get(line) ?? 0))
  throw new BookError(`"${text}" is in no line of ${of}.`, where, meant('copy the text from a line of the function', alike))
}

/** A line with its number, for a message. */
export function shown(lines: readonly string[], number: number): string {
  return `${number}: ${lines[number - 1]?.trim() ?? ''}`
}
