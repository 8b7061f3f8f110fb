/** Computes where a stop is: the line number that its text has in the pinned source. */
import { BookError } from '../book/book-error.ts'
import type { Stop } from '../book/walk.ts'
import { type FoundFunction, findFunction } from './find-function.ts'
import { shortestSuffix } from './location.ts'
import { onlyLine, shown } from './only-line.ts'
import { pinnedFile } from './pinned-files.ts'
import { sourceText } from './source-text.ts'

/** A stop's place as Delve reports it, and `location` as Delve's `break` takes it: `handlers/create.go:182`. */
export interface ResolvedStop {
  file: string
  line: number
  function: string
  location: string
}

/**
 * Finds the one line of the stop's function that contains its text. `where` is the stop's own `file:line` in the book.
 * Throws BookError with the candidates, and PinsError when the pins cannot be read.
 */
export async function resolveStop(stop: Omit<Stop, 'id'>, where: string): Promise<ResolvedStop> {
  const file = await pinnedFile(stop.module, stop.file, where)
  const [found, { lines }] = await Promise.all([findFunction(file, stop.function, where), sourceText(file)])
  const own = ownLines(found)
  refuseInner(found, lines, own, stop, where)
  const line = onlyLine(lines, own, { text: stop.line, of: found.name, where })
  refuseBetween(found, lines, line, where)
  const suffix = await shortestSuffix(file.file)
  if (suffix === null) {
    throw new BookError(`Delve cannot tell ${file.inside} of ${file.module} from other files whose paths end so.`, where, 'stop in another file.')
  }
  return { file: file.file, line, function: found.fullName, location: `${suffix}:${line}` }
}

/** The lines of a function that are not wholly in a closure of it: a closure's first and last line belong to both. */
function ownLines({ from, to, inner }: FoundFunction): number[] {
  const all = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  return all.filter((number) => !inner.some((closure) => closure.from < number && number < closure.to))
}

/** Says so when the text is only in a closure: Delve would report that one. */
function refuseInner(found: FoundFunction, lines: readonly string[], own: readonly number[], stop: Omit<Stop, 'id'>, where: string): void {
  const has = (number: number) => lines[number - 1]?.includes(stop.line) === true
  if (own.some(has)) return
  // Inner ones come in the order of their lines, an outer one before those in it: the last is the innermost.
  const closure = found.inner.findLast(({ statements }) => statements.some(has))
  if (!closure) return
  throw new BookError(
    `"${stop.line}" is not in ${found.name} itself but in the closure ${closure.name}.`,
    where,
    `name the function ${closure.name}.`,
  )
}

/** Delve halts where a statement begins: not at comments, braces, or the second line of a call. */
function refuseBetween({ name, statements }: FoundFunction, lines: readonly string[], line: number, where: string): void {
  if (statements.includes(line)) return
  const before = statements.findLast((number) => number < line)
  const after = statements.find((number) => number > line)
  const candidates = [before, after].filter((number) => number !== undefined).map((number) => shown(lines, number))
  throw new BookError(
    `No statement of ${name} begins at line ${shown(lines, line)}`,
    where,
    `name a line where one begins:\n    ${candidates.join('\n    ')}`,
  )
}
