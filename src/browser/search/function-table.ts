/** The functions that can be found, in columns: filled from the list's files, part by part. */
import {
  ABSTRACT,
  type FunctionColumns,
  type FunctionListFile,
  numberAt,
  POINTER,
  readFunctions,
  type Standing,
  type VisitingChapter,
  wordsIn,
} from '../../source/function-list-format.ts'
import { Words } from './words.ts'

/** A function as it is shown. */
export interface FoundFunction {
  name: string
  /** `*store`, `Store`, or empty. */
  receiver: string
  abstract: boolean
  /** The import path of its package. */
  package: string
  /** Its module, without a version; `std` for the standard library. */
  module: string
  version: string
  /** The file's path in the module. */
  inside: string
  line: number
  standing: Standing
  /** The chapter that visits it, and the id of an element there, or empty. */
  visit: { chapter: VisitingChapter; anchor: string } | null
}

/** What generated code costs, and packages that only help tests: compiled in, and hardly meant. */
const GENERATED = 140
const TESTING = 120
const FOR_TESTS = /(?:^|\/)(?:testing|testdata|fake|fakes|test)(?:\/|$)/

/** Milliseconds after which filling is interrupted. */
const SLICE = 6

export class FunctionTable {
  readonly names = new Words()
  /** Receivers without their star. */
  readonly receivers = new Words()
  /** Last segments of packages' paths, and the names in package clauses. */
  readonly packageWords = new Words()
  /** `segments` is the path in small letters between slashes. */
  readonly packages: { path: string; segments: string; word: number; name: number }[] = []
  /** Files' names without `.go`. */
  readonly fileWords = new Words()
  /** `cost` is taken off for what is generated, or only helps tests. */
  readonly files: { word: number; package: number; onTheWay: boolean; cost: number }[] = []
  /** One entry a function. Replaced as a whole when a file of the list has been read. */
  columns: FunctionColumns & { standing: Uint8Array } = columnsOf(0)
  readonly #visits = new Map<number, { chapter: VisitingChapter; anchor: string }>()
  readonly #versions = new Map<string, string>()

  get size(): number {
    return this.columns.name.length
  }

  /**
   * Adds a file of the list; what it holds is found when all of it has been read. With `pause` the page is not held up: it resolves when there is
   * time to go on.
   */
  async add(list: FunctionListFile, generated: boolean, pause?: () => Promise<void>): Promise<void> {
    const before = { functions: this.size, files: this.files.length, names: this.names.size, receivers: this.receivers.size }
    const columns = columnsOf(this.size + list.name.length)
    for (const key of Object.keys(columns) as (keyof typeof columns)[]) columns[key].set(this.columns[key])
    for (const [module, version] of list.modules) this.#versions.set(module, version)
    let began = performance.now()
    const later = async () => {
      await pause?.()
      began = performance.now()
    }
    const late = () => pause !== undefined && performance.now() - began >= SLICE
    this.#addFiles(list, generated)
    if (late()) await later()
    this.names.addAll(list.names)
    this.receivers.addAll(list.receivers)
    if (late()) await later()
    const reading = readFunctions(list, columns, before)
    while (!reading.next().done) if (late()) await later()
    for (let file = before.files, from = before.functions; file < this.files.length; file++) {
      const to = from + numberAt(list.functionsIn, file - before.files)
      if (this.files[file]?.onTheWay) columns.standing.fill(1, from, to)
      from = to
    }
    let place = before.functions
    for (const [distance, standing, number, anchor] of list.visits) {
      place += distance
      const chapter = list.chapters[number]
      columns.standing[place] = standing
      if (chapter) this.#visits.set(place, { chapter, anchor })
    }
    this.columns = columns
  }

  #addFiles(list: FunctionListFile, generated: boolean): void {
    let word = this.packageWords.size
    let fileWord = this.fileWords.size
    let file = 0
    const segments = `/${list.packages.toLowerCase().replaceAll('\n', '/\n/')}`.split('\n')
    for (const [at, path] of wordsIn(list.packages).entries()) {
      const segment = numberAt(list.segment, at)
      const clause = numberAt(list.clause, at)
      const last = segment === 0 ? word++ : segment - 1
      const name = clause === 0 ? last : clause === 1 ? word++ : clause - 2
      const cost = (generated ? GENERATED : 0) + (FOR_TESTS.test(path) ? TESTING : 0)
      this.packages.push({ path, segments: segments[at] as string, word: last, name })
      for (const end = file + numberAt(list.filesIn, at); file < end; file++) {
        const number = numberAt(list.file, file)
        const its = number < 2 ? fileWord++ : (number >> 1) - 1
        const onTheWay = (number & 1) !== 0
        this.files.push({ word: its, package: this.packages.length - 1, onTheWay, cost })
      }
    }
    this.packageWords.addAll(list.packageWords)
    this.fileWords.addAll(list.fileWords)
  }

  /** The function at a place of the columns. */
  at(place: number): FoundFunction {
    const { name, receiver, file: files, line, marks: bits, standing } = this.columns
    const file = this.files[files[place] ?? -1]
    const { path = '' } = this.packages[file?.package ?? -1] ?? {}
    const fileName = `${this.fileWords.texts[file?.word ?? -1]}.go`
    const module = this.#moduleOf(path)
    const marks = bits[place] ?? 0
    const { chapter, anchor = '' } = this.#visits.get(place) ?? {}
    const folder = module === STANDARD ? path : path.slice(module.length + 1)
    return {
      name: this.names.texts[name[place] ?? -1] ?? '',
      receiver: `${marks & POINTER ? '*' : ''}${this.receivers.texts[receiver[place] ?? -1] ?? ''}`,
      abstract: (marks & ABSTRACT) !== 0,
      package: path,
      module,
      version: this.#versions.get(module) ?? '',
      inside: folder === '' ? fileName : `${folder}/${fileName}`,
      line: line[place] ?? 0,
      standing: (standing[place] ?? 0) as Standing,
      visit: chapter ? { chapter, anchor } : null,
    }
  }

  #moduleOf(path: string): string {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const module = path.slice(0, end)
      if (this.#versions.has(module)) return module
    }
    return STANDARD
  }
}

const STANDARD = 'std'

function columnsOf(size: number): FunctionTable['columns'] {
  return {
    name: new Uint16Array(size),
    receiver: new Uint16Array(size),
    file: new Uint16Array(size),
    line: new Int32Array(size),
    marks: new Uint8Array(size),
    standing: new Uint8Array(size),
  }
}
