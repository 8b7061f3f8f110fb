/** Functions that a text names in code: which one is meant, and which are not there any more. */
import { loadBook } from '../book/load.ts'
import { withoutTypeArguments } from './functions.ts'
import { near } from './near.ts'
import { type Outline, outlines } from './outlines.ts'
import { bookPlaces } from './page/book-places.ts'
import type { PinnedFile } from './pinned-files.ts'

/** A function of a file that has a page. */
export interface NamedFunction {
  file: PinnedFile
  /** As Delve names it, without its package and type arguments. */
  name: string
  from: number
  packageName: string
}

export type Mention =
  | { is: 'function'; function: NamedFunction }
  /** It says that it is a function, and none is called so. */
  | { is: 'missing'; near: readonly string[] }
  /** No function, or none that could be told from others. */
  | { is: 'other' }

const OTHER: Mention = { is: 'other' }
/** `(*store).Create`, `registry.(*Store).Create`, `(*timeoutHandler).ServeHTTP.func1`: nothing but a function is written so. */
const METHOD = /^(?:(?<package>[a-z]\w*)\.)?(?<name>\(\*\w+\)(?:\.\w+)+)(?:\(\))?$/
/** `filters.WithRequestInfo`, `podStrategy.PrepareForCreate`, or a field of a variable. */
const DOTTED = /^(?<first>\w+)\.(?<second>\w+(?:\.func\d+(?:\.\d+)*)?)(?<call>\(\))?$/
const PLAIN = /^(?<name>\w+(?:\.func\d+(?:\.\d+)*)?)(?<call>\(\))?$/
/** Functions that the compiler makes around a `go` or `defer` statement; the source has only the function they stand in. */
const WRAPPER = /\.(?:gowrap|deferwrap)\d+(?=\(\)$|$)/
/** A hump: a plain word, `get` or `Create`, may mean anything. */
const HUMPED = /[a-z0-9][A-Z]/

export class Mentions {
  readonly #byName = new Map<string, NamedFunction[]>()
  /** Methods by their last word: of files on the request's way. */
  readonly #byWord = new Map<string, NamedFunction[]>()
  readonly #packages: ReadonlySet<string>
  /** Receivers by the names of their types. */
  readonly #receivers = new Set<string>()
  readonly #types = new Set<string>()

  /** `onTheWay` says of a file (of the debug information) whether the book stops there or recorded requests came through. */
  constructor(all: readonly Outline[], onTheWay: (file: string) => boolean) {
    this.#packages = new Set(all.map(({ packageName }) => packageName))
    for (const { file, packageName, functions, types } of all) {
      for (const { name } of types) this.#types.add(name)
      for (const { name: full, from } of functions) {
        const name = withoutTypeArguments(full)
        const one = { file, name, from, packageName }
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), one])
        const [receiver = '', word] = name.split('.')
        if (word !== undefined && !/^(?:func)?\d/.test(word)) this.#receivers.add(receiver)
        const last = /\.(?:func\d|\d)/.test(name) ? null : (name.split('.').at(-1) ?? '')
        // A method's name alone is many a field's and other interfaces' too; on the request's way it is the method.
        if (last !== null && onTheWay(file.file)) this.#byWord.set(last, [...(this.#byWord.get(last) ?? []), one])
      }
    }
  }

  /** What a span of code means. */
  find(span: string): Mention {
    const code = span.replace(WRAPPER, '')
    const method = METHOD.exec(code)?.groups
    if (method) return this.#only(this.#inPackage(this.#byName.get(method.name ?? '') ?? [], method.package), { must: true, text: method.name ?? '' })
    const dotted = DOTTED.exec(code)?.groups
    if (dotted) return this.#dotted(dotted.first ?? '', dotted.second ?? '', dotted.call !== undefined)
    const plain = PLAIN.exec(code)?.groups
    if (!plain?.name || !(HUMPED.test(plain.name) || plain.call)) return OTHER
    if (this.#types.has(plain.name)) return OTHER
    // Where a function and a method have the name, nothing tells which is meant.
    const [functions, methods] = [this.#byName.get(plain.name) ?? [], this.#byWord.get(plain.name) ?? []]
    const found = [...functions, ...methods.filter((one) => !functions.includes(one))]
    return this.#only(found, { must: plain.call !== undefined && HUMPED.test(plain.name), text: plain.name })
  }

  #dotted(first: string, second: string, call: boolean): Mention {
    const text = `${first}.${second}`
    // A method of a type that is no pointer is written like a function of a package.
    const ofType = this.#byName.get(text) ?? (call || HUMPED.test(first) ? this.#byName.get(`(*${first}).${second}`) : undefined)
    const ofPackage = this.#inPackage(this.#byName.get(second) ?? [], first)
    return this.#only([...(ofType ?? []), ...ofPackage], { must: call && (this.#packages.has(first) || this.#receivers.has(first)), text })
  }

  #inPackage(functions: readonly NamedFunction[], packageName: string | undefined): readonly NamedFunction[] {
    return packageName === undefined ? functions : functions.filter((one) => one.packageName === packageName)
  }

  #only(found: readonly NamedFunction[], { must, text }: { must: boolean; text: string }): Mention {
    const [one] = found
    if (one && found.length === 1) return { is: 'function', function: one }
    return must && !one ? { is: 'missing', near: near(text, this.#byName.keys()) } : OTHER
  }
}

let all: Promise<Mentions> | undefined

/** Knows the functions of every file that has a page. Asked once per process. Throws PinsError. */
export async function mentions(): Promise<Mentions> {
  all ??= Promise.all([outlines(), loadBook('content').then((book) => bookPlaces(book, null))]).then(
    ([found, places]) => new Mentions(found, (file) => places.has(file)),
  )
  all.catch(() => {
    all = undefined
  })
  return await all
}
