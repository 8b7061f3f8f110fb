/**
 * The functions of the site, loaded when they are first wanted: what people wrote first, generated code when that can be searched.
 * Decided by measurement for the page's own thread instead of a worker: reading the first file takes 10 to 20 ms, a query 1 to 4; the second file is
 * read in slices.
 */
import type { FunctionListFile } from '../../source/function-list-format.ts'
import { type Found, findFunctions } from './find.ts'
import { FunctionTable } from './function-table.ts'
import type { Asked } from './open.ts'

/** How far the list is: on its way; there, with or without generated code; or why it is not. */
export type Loading = { is: 'loading' } | { is: 'core' } | { is: 'all' } | { is: 'failed'; why: string }

export class Functions {
  readonly #table = new FunctionTable()
  readonly #site: string
  readonly #changed: () => void
  loading: Loading = { is: 'loading' }
  /** Resolves when there are functions to be found, or none will come by themselves: until then nothing else should keep the page busy. */
  readonly begun: Promise<void>

  /** Begins to load. `changed` is called when there is more to be found, or nothing. */
  constructor({ site, core }: Pick<Asked, 'site' | 'core'>, changed: () => void) {
    this.#site = site
    this.#changed = changed
    this.begun = new Promise((resolve) => {
      void this.#load(() => core, resolve)
    })
  }

  get size(): number {
    return this.#table.size
  }

  /** Tries again what failed. */
  retry(): void {
    this.#tell({ is: 'loading' })
    void this.#load(() => this.#ask('core'))
  }

  find(typed: string, limit: number): Found {
    return findFunctions(this.#table, typed, limit)
  }

  at(place: number): ReturnType<FunctionTable['at']> {
    return this.#table.at(place)
  }

  async #load(core: () => Promise<Response>, begun = () => {}): Promise<void> {
    try {
      if (this.size === 0) await this.#table.add(await listOf(await core()), false)
      this.#tell({ is: 'core' })
      begun()
      await this.#table.add(await listOf(await this.#ask('rest')), true, nextTask)
      this.#tell({ is: 'all' })
    } catch (error) {
      this.#tell({ is: 'failed', why: (error as Error).message })
      begun()
    }
  }

  #ask(part: 'core' | 'rest'): Promise<Response> {
    return fetch(`${this.#site}source/functions/${part}.json`)
  }

  #tell(loading: Loading): void {
    this.loading = loading
    this.#changed()
  }
}

async function listOf(answer: Response): Promise<FunctionListFile> {
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
  return (await answer.json()) as FunctionListFile
}

/** Lets the page draw and hear keys first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
