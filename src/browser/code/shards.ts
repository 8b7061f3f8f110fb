/** Loads the shards of the code index by need, each once, and keeps the last ones. */
import { LastUsed } from '../last-used.ts'
import type { FileEntry, FileShard, ListShard, Root } from './shapes.ts'

/** Shards that are kept: some 100 KB of text each. */
const KEPT = 40

/** Why there is no answer, in a sentence for the reader. */
export class CodeIndexError extends Error {
  /** Whether asking again later may help. */
  readonly later: boolean
  constructor(message: string, later: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CodeIndexError'
    this.later = later
  }
}

/** A file's entry, the shard it is in, and the number of its first symbol. */
export interface FoundFile {
  shard: FileShard
  entry: FileEntry
  first: number
}

export class Shards {
  readonly #address: string
  readonly #fetch: typeof fetch
  readonly #roots = new LastUsed<Root>(1)
  readonly #shards = new LastUsed<unknown>(KEPT)

  /** `address` is that of the folder with `index.json`. */
  constructor(address: string, fetcher: typeof fetch) {
    this.#address = address.replace(/\/?$/, '/')
    this.#fetch = fetcher
  }

  async root(): Promise<Root> {
    const building = 'The index of definitions and callers is still being built; it comes by itself, some minutes after the pages.'
    return await this.#roots.get('', () => this.#load<Root>('index.json', new CodeIndexError(building, true)))
  }

  /** The entry of a file. Rejects with CodeIndexError when the index does not know it. */
  async file(file: string): Promise<FoundFile> {
    const root = await this.root()
    const number = lastNotAfter(root.first, file)
    const shard = number < 0 ? null : await this.#shard<FileShard>(`f${number}.json`)
    let first = root.symbols[number] ?? 0
    for (const entry of shard?.files ?? []) {
      if (shard && entry.file === file) return { shard, entry, first }
      first += entry.kinds.length
    }
    throw new CodeIndexError(`${file} is not among the ${root.files.toLocaleString('en')} files that the index knows.`, false)
  }

  /** The entry of the file that declares a symbol. */
  async fileOf(symbol: number): Promise<FoundFile> {
    const number = await this.#shardOf(symbol)
    const shard = await this.#shard<FileShard>(`f${number}.json`)
    let first = (await this.root()).symbols[number] ?? 0
    for (const entry of shard.files) {
      if (symbol < first + entry.kinds.length) return { shard, entry, first }
      first += entry.kinds.length
    }
    throw new CodeIndexError(`The index has no symbol ${symbol}.`, false)
  }

  /** The shard with the beginnings of a symbol's lists. */
  async lists(symbol: number): Promise<ListShard> {
    return await this.#shard<ListShard>(`r${await this.#shardOf(symbol)}.json`)
  }

  /** A shard of the rest of long lists. */
  async rest(number: number): Promise<ListShard> {
    return await this.#shard<ListShard>(`l${number}.json`)
  }

  async #shardOf(symbol: number): Promise<number> {
    return lastNotAfter((await this.root()).symbols, symbol)
  }

  async #shard<Shard>(name: string): Promise<Shard> {
    const { folder } = await this.root()
    const gone = new CodeIndexError('The site was built anew since this page was opened; load the page again.', false)
    return (await this.#shards.get(name, () => this.#load(`${folder}/${name}`, gone))) as Shard
  }

  async #load<Shape>(name: string, missing: CodeIndexError): Promise<Shape> {
    const get = this.#fetch
    const answer = await get(`${this.#address}${name}`).catch((cause: unknown) => {
      throw new CodeIndexError('The index could not be fetched; is the connection gone?', true, { cause })
    })
    if (answer.status === 404) throw missing
    if (!answer.ok) throw new CodeIndexError(`The index could not be fetched: the site answered ${answer.status}.`, true)
    return (await answer.json()) as Shape
  }
}

/** The place of the last element that is not greater; -1 when all are. Of equal ones the last, since a shard may have no symbols at all. */
function lastNotAfter<Value extends string | number>(sorted: readonly Value[], value: Value): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as Value) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
