/** The functions that can be found, in columns: filled from the list's files, part by part. */
import { decodeFunctions, type FunctionListFile, type Standing, type VisitingChapter } from '../../source/function-list-format.ts'
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
  readonly packages: { path: string; lower: string; segments: string; word: number; name: number }[] = []
  readonly files: { name: string; lower: string; package: number; onTheWay: boolean }[] = []
  /** What is taken off for what is generated, or only helps tests. */
  readonly fileCost: number[] = []
  readonly fileWords = new Words()
  readonly fileWord: number[] = []
  /** One entry a function; of `marks` the bits are POINTER, ABSTRACT, EXPORTED, OPEN. Replaced as a whole when a file of the list has been read. */
  columns: Record<'name' | 'receiver' | 'file' | 'line' | 'marks' | 'standing', Int32Array> = emptyColumns()
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
    for (const [module, version] of list.modules) this.#versions.set(module, version)
    const visits = list.visits.values()
    let next = visits.next()
    let visited = this.size + (next.value?.[0] ?? 0)
    const added: Record<keyof FunctionTable['columns'], number[]> = { name: [], receiver: [], file: [], line: [], marks: [], standing: [] }
    const reading = decodeFunctions(list, {
      package: (path, name) => {
        const lower = path.toLowerCase()
        const word = this.packageWords.add(path.slice(path.lastIndexOf('/') + 1))
        this.packages.push({ path, lower, segments: `/${lower}/`, word, name: this.packageWords.add(name) })
      },
      file: (name, onTheWay) => {
        this.files.push({ name, lower: name.toLowerCase(), package: this.packages.length - 1, onTheWay })
        this.fileCost.push((generated ? GENERATED : 0) + (FOR_TESTS.test(this.packages.at(-1)?.path ?? '') ? TESTING : 0))
        this.fileWord.push(this.fileWords.add(name.replace(/\.go$/, '')))
      },
      function: (name, receiver, abstract, line) => {
        const at = this.size + added.name.length
        const pointer = receiver[0] === '*'
        const bare = pointer ? receiver.slice(1) : receiver
        added.name.push(this.names.add(name))
        added.receiver.push(this.receivers.add(bare))
        added.file.push(this.files.length - 1)
        added.line.push(line)
        added.marks.push(
          (pointer ? POINTER : 0) | (abstract ? ABSTRACT : 0) | (isExported(name) ? EXPORTED : 0) | (bare === '' || isExported(bare) ? OPEN : 0),
        )
        let standing: Standing = this.files.at(-1)?.onTheWay ? 1 : 0
        if (next.value && at === visited) {
          const [, its, number, anchor] = next.value
          const chapter = list.chapters[number]
          standing = its
          if (chapter) this.#visits.set(at, { chapter, anchor })
          next = visits.next()
          visited += next.value?.[0] ?? 0
        }
        added.standing.push(standing)
      },
    })
    let began = performance.now()
    while (!reading.next().done) {
      if (!pause || performance.now() - began < SLICE) continue
      await pause()
      began = performance.now()
    }
    for (const key of Object.keys(added) as (keyof FunctionTable['columns'])[]) this.columns[key] = joined(this.columns[key], added[key])
  }

  /** The function at a place of the columns. */
  at(place: number): FoundFunction {
    const { name, receiver, file: files, line, marks: bits, standing } = this.columns
    const file = this.files[files[place] ?? -1]
    const { path = '' } = this.packages[file?.package ?? -1] ?? {}
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
      inside: folder === '' ? (file?.name ?? '') : `${folder}/${file?.name}`,
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
export const POINTER = 1
export const ABSTRACT = 2
export const EXPORTED = 4
/** Its receiver is exported, or it has none. */
export const OPEN = 8

function emptyColumns(): FunctionTable['columns'] {
  const empty = new Int32Array(0)
  return { name: empty, receiver: empty, file: empty, line: empty, marks: empty, standing: empty }
}

function joined(before: Int32Array, added: readonly number[]): Int32Array {
  const all = new Int32Array(before.length + added.length)
  all.set(before)
  all.set(added, before.length)
  return all
}

function isExported(name: string): boolean {
  const code = name.charCodeAt(0)
  return code >= 65 && code <= 90
}
