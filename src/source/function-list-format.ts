/**
 * How the list of functions is written for search, and read in the page. Pure: the build and the page use the same code.
 *
 * JSON around two long texts, since one long string is parsed in no time and compresses best beside its like. `names` holds a line for each
 * package (`#path`, and the name if its last segment is another), file (`@name`, or `+name` on the way of a request) and function. A function's
 * receiver is written when it is not that of the one before: `*store Create`, `. New` for none again, `|Interface Get` for a method of an
 * interface. `lines` holds for each function how far it is below the one before it in its file, in base 36.
 */

/** How a function belongs to the book: none; its file is on the way of a request; a recorded stack passed through it; the text stops in or shows it. */
export type Standing = 0 | 1 | 2 | 3

/** A chapter that visits functions. */
export interface VisitingChapter {
  id: string
  title: string
}

/** Which chapter visits a function, and where in it: the id of an element of its page, or empty. */
export interface Visit {
  standing: 2 | 3
  /** Its place in `chapters`. */
  chapter: number
  anchor: string
}

/** One of the two files: `core` has what people wrote, `rest` what is generated. */
export interface FunctionListFile {
  /** Modules and their versions; the standard library is none. */
  modules: readonly (readonly [module: string, version: string])[]
  chapters: readonly VisitingChapter[]
  names: string
  lines: string
  /** Functions in the order of `names`, by their distance from the one before. */
  visits: readonly (readonly [distance: number, standing: 2 | 3, chapter: number, anchor: string])[]
}

/** A function to be listed. `receiver` is `*store`, `Store`, or empty. */
export interface ListedFunction {
  name: string
  receiver: string
  /** A method that an interface asks for: there is no code of it to stop in. */
  abstract: boolean
  line: number
  visit: Visit | null
}

/** A file with its functions, in the order of their lines. */
export interface ListedFile {
  name: string
  onTheWay: boolean
  functions: readonly ListedFunction[]
}

/** A package, by its import path, and the name in its package clauses. */
export interface ListedPackage {
  path: string
  name: string
  files: readonly ListedFile[]
}

const RADIX = 36

/** Writes a list. */
export function encodeFunctions(packages: readonly ListedPackage[]): Pick<FunctionListFile, 'names' | 'lines' | 'visits'> {
  const names: string[] = []
  const lines: string[] = []
  const visits: FunctionListFile['visits'][number][] = []
  let visited = 0
  for (const { path, name, files } of packages) {
    names.push(name === lastSegment(path) ? `#${path}` : `#${path} ${name}`)
    for (const file of files) {
      names.push(`${file.onTheWay ? '+' : '@'}${file.name}`)
      let receiver = ''
      let line = 0
      for (const one of file.functions) {
        const mine = one.abstract ? `|${one.receiver}` : one.receiver
        names.push(mine === receiver ? one.name : `${mine || '.'} ${one.name}`)
        receiver = mine
        if (one.visit) {
          visits.push([lines.length - visited, one.visit.standing, one.visit.chapter, one.visit.anchor])
          visited = lines.length
        }
        lines.push((one.line - line).toString(RADIX))
        line = one.line
      }
    }
  }
  return { names: names.join('\n'), lines: lines.join(' '), visits }
}

/** Told of what a list holds, in its order. */
export interface FunctionListReader {
  package(path: string, name: string): void
  file(name: string, onTheWay: boolean): void
  function(name: string, receiver: string, abstract: boolean, line: number): void
}

/** Reads a list, and stops after each package to be gone on with: a page that is typed into must not stand still. */
export function* decodeFunctions({ names, lines }: Pick<FunctionListFile, 'names' | 'lines'>, reader: FunctionListReader): Generator<void> {
  const distances = lines.split(' ')
  let receiver = ''
  let line = 0
  let at = 0
  for (let from = 0, to = 0; from < names.length; from = to + 1) {
    to = names.indexOf('\n', from)
    if (to < 0) to = names.length
    const text = names.slice(from, to)
    const space = text.indexOf(' ')
    switch (text[0]) {
      case '#':
        yield
        reader.package(text.slice(1, space < 0 ? undefined : space), space < 0 ? lastSegment(text) : text.slice(space + 1))
        break
      case '@':
      case '+':
        receiver = ''
        line = 0
        reader.file(text.slice(1), text[0] === '+')
        break
      default: {
        if (space >= 0) receiver = text[0] === '.' ? '' : text.slice(0, space)
        line += Number.parseInt(distances[at++] ?? '', RADIX)
        const abstract = receiver[0] === '|'
        reader.function(space < 0 ? text : text.slice(space + 1), abstract ? receiver.slice(1) : receiver, abstract, line)
      }
    }
  }
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace('#', '')
}
