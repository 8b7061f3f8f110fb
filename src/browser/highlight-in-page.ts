/** Asks the highlighting worker for colours, file by file, and keeps those of the last files. */
import type { HighlightAnswer, HighlightRequest } from './highlight-queue.ts'

/** Coloured files that are kept: a reader goes back and forth along a stack. */
const KEPT = 8

/** What a worker is to the page; a MessagePort is one as well. */
export interface HighlightPort {
  postMessage(request: HighlightRequest): void
  addEventListener(type: 'message', listener: (event: MessageEvent<HighlightAnswer>) => void): void
}

interface Coloured {
  id: number
  all: number
  html: string[]
  waiting: { until: number; resolve: () => void; reject: (error: Error) => void }[]
}

export class HighlightInPage {
  readonly #open: () => HighlightPort
  #port: HighlightPort | null = null
  /** By file; the one used last is the last. */
  readonly #files = new Map<string, Coloured>()
  #ids = 0

  /** `open` starts the worker; it is called with the first question, not before, unless `begin` is. */
  constructor(open: () => HighlightPort) {
    this.#open = open
  }

  /** Starts the worker before there is a question. */
  begin(): void {
    this.#connected()
  }

  /** HTML of `count` lines of a file from line `from`, counted from 1. `lines` is the whole file. Rejects when it cannot be coloured, or was pushed out by others. */
  async colours(file: string, lines: readonly string[], from: number, count: number): Promise<readonly string[]> {
    const coloured = this.#files.get(file) ?? this.#ask(lines)
    this.#files.delete(file)
    this.#files.set(file, coloured)
    this.#forgetOldest()
    const until = Math.min(from - 1 + count, coloured.all)
    if (coloured.html.length < until) await new Promise<void>((resolve, reject) => coloured.waiting.push({ until, resolve, reject }))
    return coloured.html.slice(from - 1, until)
  }

  #ask(lines: readonly string[]): Coloured {
    const coloured = { id: ++this.#ids, all: lines.length, html: [], waiting: [] }
    this.#connected().postMessage({ type: 'file', id: coloured.id, lines })
    return coloured
  }

  #connected(): HighlightPort {
    if (!this.#port) {
      this.#port = this.#open()
      this.#port.addEventListener('message', ({ data }) => this.#hear(data))
    }
    return this.#port
  }

  #forgetOldest(): void {
    const [oldest] = this.#files
    if (this.#files.size <= KEPT || !oldest) return
    const [file, coloured] = oldest
    this.#port?.postMessage({ type: 'forget', id: coloured.id })
    this.#end(file, coloured, 'Other files were opened since.')
  }

  #hear(answer: HighlightAnswer): void {
    const found = [...this.#files].find(([, coloured]) => coloured.id === answer.id)
    if (!found) return
    const [file, coloured] = found
    if ('error' in answer) {
      this.#end(file, coloured, answer.error)
      return
    }
    coloured.html.push(...answer.html)
    const ready = coloured.waiting.filter(({ until }) => until <= coloured.html.length)
    coloured.waiting = coloured.waiting.filter((one) => !ready.includes(one))
    for (const { resolve } of ready) resolve()
  }

  #end(file: string, coloured: Coloured, why: string): void {
    this.#files.delete(file)
    for (const { reject } of coloured.waiting) reject(new Error(why))
  }
}
