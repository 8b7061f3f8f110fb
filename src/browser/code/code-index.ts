/** The code index as a page asks it: what an identifier means, who calls, who implements. Pure but for the two ways to fetch that it is given. */
import { moduleFile, sourceAddress } from '../../source/address.ts'
import { LastUsed } from '../last-used.ts'
import { type Identifier, identifierAt, identifiersOf } from './identifiers.ts'
import { type Entry, type Listed, listEntries, listLengths } from './lists.ts'
import { type Meaning, meaningsOf } from './meanings.ts'
import { type FoundFile, Shards } from './shards.ts'
import { type CodeSymbol, symbolsOf } from './symbols.ts'
import { type Words, wordsOf } from './words.ts'

/** Files whose identifiers are kept. */
const KEPT_FILES = 8

export interface CodeIndexOptions {
  /** The address of the site's root. */
  site: string
  /** The lines of a file of the pins. */
  textOf: (file: string) => Promise<readonly string[]>
  fetch?: typeof fetch
}

/** What stands at a place. `outside` is something in a package that the index does not know, or of the language itself. */
export type Found = { identifier: Identifier } & (
  | { is: 'symbol'; symbol: CodeSymbol }
  | { is: 'local'; declared: Identifier }
  | { is: 'package'; folder: string }
  | { is: 'outside'; folder: string }
)

/** A list of a symbol: what implements it, who calls it, who calls it through an interface, what it implements, who mentions it. */
export type Relation = 'by' | 'calls' | 'through' | 'of' | 'mentions'

/** A row of such a list. `via` is the interface's method, for calls through interfaces. `types` counts those that have the method from an embedded type. */
export interface Row {
  name: string
  file: string
  line: number
  via: string | null
  /** Only the pointer to the type implements the interface. */
  pointer: boolean
  heirs: number
}

interface OpenFile {
  found: FoundFile
  identifiers: readonly Identifier[]
  meanings: readonly Meaning[]
}

export class CodeIndex {
  readonly #site: string
  readonly #textOf: CodeIndexOptions['textOf']
  readonly #shards: Shards
  readonly #files = new LastUsed<OpenFile>(KEPT_FILES)

  constructor({ site, textOf, fetch: fetcher = (...asked) => fetch(...asked) }: CodeIndexOptions) {
    this.#site = site.replace(/\/?$/, '/')
    this.#textOf = textOf
    this.#shards = new Shards(`${this.#site}source/code/`, fetcher)
  }

  /** How many files were looked through. Rejects, as everything here, with CodeIndexError, whose message is for the reader. */
  async size(): Promise<number> {
    return (await this.#shards.root()).files
  }

  /** What the identifier at a place means; null where none is, or it means nothing. Columns count from 0, in UTF-16 units. */
  async at(file: string, line: number, column: number): Promise<Found | null> {
    const { identifiers, meanings } = await this.#open(file)
    const at = identifierAt(identifiers, line, column)
    const [identifier, meaning] = at === null ? [] : [identifiers[at], meanings[at]]
    if (!identifier || !meaning || meaning.is === 'nothing') return null
    if (meaning.is === 'symbol') return { identifier, is: 'symbol', symbol: await this.symbol(meaning.id) }
    if (meaning.is === 'local') return { identifier, is: 'local', declared: identifiers[meaning.at] ?? identifier }
    return { identifier, ...meaning }
  }

  /** The identifiers of a file that mean something, in order. */
  async identifiers(file: string): Promise<Identifier[]> {
    const { identifiers, meanings } = await this.#open(file)
    return identifiers.filter((_, at) => meanings[at]?.is !== 'nothing')
  }

  async symbol(id: number): Promise<CodeSymbol> {
    const { entry, first } = await this.#shards.fileOf(id)
    return symbolsOf(entry, first)[id - first] as CodeSymbol
  }

  /** Everything that a file declares. */
  async symbols(file: string): Promise<CodeSymbol[]> {
    const { entry, first } = await this.#shards.file(file)
    return symbolsOf(entry, first)
  }

  /** Signature and doc comment. */
  async words(symbol: CodeSymbol): Promise<Words> {
    return wordsOf(symbol, await this.#textOf(symbol.file))
  }

  /** How long each list of a symbol is. */
  async counts({ id, kind }: CodeSymbol): Promise<Record<Relation, number>> {
    const lengths = await listLengths(this.#shards, id)
    const ways = kind === 'method' ? await listEntries(this.#shards, id, 'of', 0, lengths.of) : []
    return { ...lengths, through: ways.reduce((sum, { number }) => sum + number, 0) }
  }

  /** `count` rows of a list from `from`, counted from 0. */
  async rows(symbol: CodeSymbol, relation: Relation, from: number, count: number): Promise<Row[]> {
    if (relation === 'through') return await this.#through(symbol, from, count)
    const entries = await listEntries(this.#shards, symbol.id, relation, from, count)
    if (relation === 'of')
      return entries.map(({ symbol: abstract }) => ({ ...ROW, name: qualified(abstract), file: abstract.file, line: abstract.line }))
    if (relation === 'calls' || relation === 'mentions') return entries.map((entry) => callRow(entry, null))
    const types = symbol.kind === 'interface'
    return entries.map(({ symbol: { name, file, line }, number }) => ({
      ...ROW,
      name,
      file,
      line,
      pointer: types && number === 1,
      heirs: types ? 0 : number,
    }))
  }

  /** The address of a line's place in the source pages. */
  address(file: string, line: number): string {
    return `${this.#site}${sourceAddress(moduleFile(file))}#L${line}`
  }

  /** Where an identifier's meaning is declared; null when that is not in the index. */
  definition(file: string, found: Found): { file: string; line: number } | null {
    if (found.is === 'symbol') return { file: found.symbol.file, line: found.symbol.line }
    return found.is === 'local' ? { file, line: found.declared.line } : null
  }

  /** Calls of the interface methods that a method implements, one after the other. */
  async #through({ id }: CodeSymbol, from: number, count: number): Promise<Row[]> {
    const { of } = await listLengths(this.#shards, id)
    const rows: Row[] = []
    let skip = from
    for (const { symbol, number } of await listEntries(this.#shards, id, 'of', 0, of)) {
      if (rows.length === count) break
      if (skip < number) {
        const entries = await listEntries(this.#shards, symbol.id, 'calls', skip, count - rows.length)
        rows.push(...entries.map((entry) => callRow(entry, qualified(symbol))))
      }
      skip = Math.max(0, skip - number)
    }
    return rows
  }

  async #open(file: string): Promise<OpenFile> {
    return await this.#files.get(file, async () => {
      const text = this.#textOf(file)
      // What the index says of a file that it does not know comes before what becomes of its text.
      text.catch(() => {})
      const found = await this.#shards.file(file)
      const lines = await text
      const identifiers = identifiersOf(lines)
      return { found, identifiers, meanings: meaningsOf(found.shard, found.entry, found.first, identifiers) }
    })
  }
}

const ROW = { via: null, pointer: false, heirs: 0 }

function callRow({ symbol: { name, file }, number }: Entry, via: string | null): Row {
  return { ...ROW, name, file, line: number, via }
}

/** With the folder of its package, which nearly always has the package's name: `storage.Interface.Create`. */
function qualified({ name, file }: Listed): string {
  const { module, inside } = moduleFile(file)
  const folders = [...module.replace(/\/v\d+$/, '').split('/'), ...inside.split('/')]
  return `${folders.at(-2)}.${name}`
}
