/**
 * How the list of functions is written for search, and read in the page. Pure: the build and the page use the same code.
 *
 * Made to be read in no time, since that is what the first result waits for: each different word is written once, in a long text that is split as a
 * whole, and each column of numbers is a text, too, with a character for each number.
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

/**
 * One of the two files: `core` has what people wrote, `rest` what is generated, to be read after it. Texts have one word a line, columns one number a
 * character.
 */
export interface FunctionListFile {
  /** Modules and their versions; the standard library is none. */
  modules: readonly (readonly [module: string, version: string])[]
  chapters: readonly VisitingChapter[]
  /** Text of import paths. */
  packages: string
  /** Texts of what no list before has: last segments of paths and names in package clauses, and files' names without their `.go`. */
  packageWords: string
  fileWords: string
  /** Columns, for each package: the last segment of its path, as `name` says it; the name in its package clauses, 0 if that is the same, else 1 more. */
  segment: string
  clause: string
  /** Column, for each file: twice its name as `name` says it, and 1 more on the way of a request. */
  file: string
  /** Column: how many files each package has. */
  filesIn: string
  /** Column: how many functions each file has. */
  functionsIn: string
  /** Texts of the names and receivers that no list before has, in the order in which functions need them. */
  names: string
  receivers: string
  /** Column, for each function: 0 for the next of `names`, else the number of a name before, counted from 1 over all lists. */
  name: string
  /** Column, for each function: 0 for the receiver of the one before in its file, else POINTER and ABSTRACT and 4 times what `name` would say, and 4 more. */
  receiver: string
  /** Column, for each function: how far it is below the one before in its file. */
  line: string
  /** Functions that are visited, in their order, by their distance from the one before. */
  visits: readonly (readonly [distance: number, standing: 2 | 3, chapter: number, anchor: string])[]
}

/** What is said of a receiver besides its name: that it is a pointer, and that it is an interface, which asks for the method. */
export const POINTER = 1
export const ABSTRACT = 2

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

/** Numbers begin at this character: JSON has to escape those before it. */
const FIRST = 32
/** They end before this one, which is half a character. */
const END = 0xd800

/** Writes lists, in the order in which they will be read. */
export class FunctionListWriter {
  readonly #packageWords = new WordNumbers()
  readonly #fileWords = new WordNumbers()
  readonly #names = new WordNumbers()
  readonly #receivers = new WordNumbers()

  write(packages: readonly ListedPackage[]): Omit<FunctionListFile, 'modules' | 'chapters'> {
    const columns: Record<'name' | 'receiver' | 'line', number[]> = { name: [], receiver: [], line: [] }
    const visits: FunctionListFile['visits'][number][] = []
    const files = packages.flatMap((one) => one.files)
    const words = packages.map(({ path, name }) => {
      const last = path.slice(path.lastIndexOf('/') + 1)
      return { segment: this.#packageWords.number(last), clause: name === last ? 0 : 1 + this.#packageWords.number(name) }
    })
    let visited = 0
    for (const { functions } of files) {
      let before = ''
      let line = 0
      for (const one of functions) {
        if (one.visit) {
          visits.push([columns.name.length - visited, one.visit.standing, one.visit.chapter, one.visit.anchor])
          visited = columns.name.length
        }
        columns.name.push(this.#names.number(one.name))
        const receiver = `${one.abstract} ${one.receiver}`
        columns.receiver.push(receiver === before ? 0 : this.#receiver(one))
        before = receiver
        columns.line.push(one.line - line)
        line = one.line
      }
    }
    return {
      packages: text(packages.map(({ path }) => path)),
      segment: column(words.map(({ segment }) => segment)),
      clause: column(words.map(({ clause }) => clause)),
      packageWords: this.#packageWords.takeNew(),
      file: column(files.map(({ name, onTheWay }) => 2 * this.#fileWords.number(name.replace(/\.go$/, '')) + (onTheWay ? 1 : 0))),
      fileWords: this.#fileWords.takeNew(),
      filesIn: column(packages.map((one) => one.files.length)),
      functionsIn: column(files.map(({ functions }) => functions.length)),
      names: this.#names.takeNew(),
      receivers: this.#receivers.takeNew(),
      name: column(columns.name),
      receiver: column(columns.receiver),
      line: column(columns.line),
      visits,
    }
  }

  #receiver({ receiver, abstract }: ListedFunction): number {
    const pointer = receiver.startsWith('*')
    return 4 + 4 * this.#receivers.number(pointer ? receiver.slice(1) : receiver) + (pointer ? POINTER : 0) + (abstract ? ABSTRACT : 0)
  }
}

/** Different words, numbered from 1 as they come. */
class WordNumbers {
  readonly #numbers = new Map<string, number>()
  #new: string[] = []

  /** 0 for a word that is new. */
  number(word: string): number {
    const known = this.#numbers.get(word)
    if (known !== undefined) return known
    this.#numbers.set(word, this.#numbers.size + 1)
    this.#new.push(word)
    return 0
  }

  /** The text of those that came since this was last called. */
  takeNew(): string {
    const taken = text(this.#new)
    this.#new = []
    return taken
  }
}

/** Every word ends with a newline, since one may be empty. */
function text(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join('')
}

function column(numbers: readonly number[]): string {
  const wrong = numbers.find((number) => number < 0 || number + FIRST >= END)
  if (wrong !== undefined) throw new RangeError(`The list of functions has no character for the number ${wrong}.`)
  return numbers.map((number) => String.fromCharCode(number + FIRST)).join('')
}

/** The words of a text. */
export function wordsIn(text: string): string[] {
  const words = text.split('\n')
  words.pop()
  return words
}

/** The number at a place of a column. */
export function numberAt(column: string, at: number): number {
  return column.charCodeAt(at) - FIRST
}

/** Where functions are read into, and how much is there already. */
export interface FunctionColumns {
  name: Uint16Array
  receiver: Uint16Array
  file: Uint16Array
  line: Int32Array
  /** POINTER, ABSTRACT. */
  marks: Uint8Array
}

/** How many of each there are before what is read. */
export interface Before {
  functions: number
  files: number
  names: number
  receivers: number
}

/** Reads the functions of a list into columns, and stops after each file to be gone on with: a page that is typed into must not stand still. */
export function* readFunctions(list: FunctionListFile, columns: FunctionColumns, before: Before): Generator<void> {
  let { functions: place, names, receivers } = before
  for (let file = 0, from = 0; file < list.functionsIn.length; file++) {
    const end = from + numberAt(list.functionsIn, file)
    let line = 0
    let receiver = 0
    let marks = 0
    for (let at = from; at < end; at++, place++) {
      const name = numberAt(list.name, at)
      columns.name[place] = name === 0 ? names++ : name - 1
      const owner = numberAt(list.receiver, at)
      if (owner > 0) {
        marks = owner & 3
        receiver = owner < 8 ? receivers++ : (owner >> 2) - 2
      }
      columns.receiver[place] = receiver
      columns.marks[place] = marks
      columns.file[place] = before.files + file
      line += numberAt(list.line, at)
      columns.line[place] = line
    }
    from = end
    yield
  }
}
