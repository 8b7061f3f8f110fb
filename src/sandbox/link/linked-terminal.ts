/** A terminal inside a sandbox, as its backend holds it. */
import { TERMINAL_WINDOW, type Terminal } from '../sandbox.ts'
import type { Link } from './link.ts'

export class LinkedTerminal implements Terminal {
  readonly exited: Promise<number>
  readonly #link: Link
  readonly #id: number
  readonly #onOutput: (bytes: Buffer) => void
  #outstanding = 0
  #over = false
  #exit!: (code: number) => void

  constructor(link: Link, id: number, onOutput: (bytes: Buffer) => void) {
    this.#link = link
    this.#id = id
    this.#onOutput = onOutput
    this.exited = new Promise((resolve) => {
      this.#exit = resolve
    })
  }

  write(bytes: Uint8Array | string): void {
    if (!this.#over) this.#link.send('terminal', this.#id, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  }

  resize(columns: number, rows: number): void {
    if (!this.#over) this.#link.tell({ type: 'resize', terminal: this.#id, columns, rows })
  }

  acknowledge(bytes: number): void {
    this.#outstanding = Math.max(0, this.#outstanding - bytes)
    if (!this.#over) this.#link.tell({ type: 'acknowledge', terminal: this.#id, bytes })
  }

  close(): void {
    if (!this.#over) this.#link.tell({ type: 'close-terminal', terminal: this.#id })
  }

  /** What the sandbox sent. Throws RangeError when it is more than the window allows. */
  output(bytes: Buffer): void {
    this.#outstanding += bytes.length
    if (this.#outstanding > TERMINAL_WINDOW) throw new RangeError(`a terminal said more than the ${TERMINAL_WINDOW} bytes that may be outstanding`)
    this.#onOutput(bytes)
  }

  /** The program in it is gone. */
  end(code: number): void {
    this.#over = true
    this.#exit(code)
  }
}
