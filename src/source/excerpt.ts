/** Cuts a function, or a part of it, out of the pinned source. */
import { BookError } from '../book/book-error.ts'
import { findFunction } from './find-function.ts'
import { onlyLine } from './only-line.ts'
import { type Licence, licenceFor, type Origin, originOf } from './origin.ts'
import { pinnedFile } from './pinned-files.ts'
import { type ChangedLine, sourceText } from './source-text.ts'

/** What to cut. `first` and `last` are texts of the first and the last line to show, each in one line of the function. */
export interface ExcerptOptions {
  module: string
  file: string
  function: string
  /** Where the author asks for it, `file:line`. */
  where: string
  first?: string | undefined
  last?: string | undefined
}

export interface Excerpt {
  /** The file's name in the debug information. */
  file: string
  /** The function's whole name, as Delve prints it. */
  function: string
  /** First and last line, counted from 1. */
  from: number
  to: number
  lines: readonly string[]
  /** The lines of the whole file: colours depend on what stands before. */
  whole: readonly string[]
  /** Lines of the excerpt that differ from the release. */
  changed: readonly ChangedLine[]
  origin: Origin
  licence: Licence
}

/** Cuts the lines. Throws BookError when the names or texts do not lead to one place, PinsError when the pins cannot be read. */
export async function excerpt({ module, file: inside, function: name, where, first, last }: ExcerptOptions): Promise<Excerpt> {
  const file = await pinnedFile(module, inside, where)
  const [found, { lines, changed }] = await Promise.all([findFunction(file, name, where), sourceText(file)])
  const numbers = Array.from({ length: found.to - found.from + 1 }, (_, at) => found.from + at)
  const lineOf = (text: string) => onlyLine(lines, numbers, { text, of: found.name, where })
  const from = first === undefined ? found.from : lineOf(first)
  const to = last === undefined ? found.to : lineOf(last)
  if (from > to)
    throw new BookError(`The excerpt of ${found.name} would end at line ${to}, before it begins at ${from}.`, where, 'swap the two texts.')
  return {
    file: file.file,
    function: found.fullName,
    from,
    to,
    lines: lines.slice(from - 1, to),
    whole: lines,
    changed: changed.filter(({ line }) => from <= line && line <= to),
    origin: originOf(file),
    licence: await licenceFor(file, lines),
  }
}
