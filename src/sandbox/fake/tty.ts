/** A pseudo-terminal of the fake: echoes keys, gathers lines, keeps to the window of its output. */
import { TERMINAL_WINDOW, type Terminal } from '../sandbox.ts'

/** What runs in it: reads lines, says things, returns its exit code. */
export type FakeProgram = (tty: Tty) => Promise<number>

export class Tty implements Terminal {
  readonly exited: Promise<number>
  columns: number
  rows: number
  readonly #onOutput: (bytes: Buffer) => void
  readonly #over = new AbortController()
  #line = ''
  #lines: (string | null)[] = []
  #wanted: ((line: string | null) => void) | null = null
  #unsent: Buffer[] = []
  #outstanding = 0
  #drained: (() => void)[] = []
  #interrupt = new AbortController()

  constructor(options: { columns: number; rows: number; onOutput: (bytes: Buffer) => void }, program: FakeProgram) {
    this.columns = options.columns
    this.rows = options.rows
    this.#onOutput = options.onOutput
    // A program starts when its terminal is there for its first words.
    this.exited = Promise.resolve()
      .then(() => Promise.race([program(this), this.#hungUp()]))
      .finally(() => this.#over.abort())
  }

  /** Aborted by Ctrl-C: what waits should stop waiting. A new one serves every line. */
  get interrupted(): AbortSignal {
    return this.#interrupt.signal
  }

  /** Says the prompt, with what was typed too early behind it, and resolves with the next line; null at Ctrl-D. */
  async line(prompt: string): Promise<string | null> {
    await this.say(prompt + this.#line)
    this.#interrupt = new AbortController()
    const early = this.#lines.shift()
    if (early !== undefined) return early
    return new Promise((resolve) => {
      this.#wanted = resolve
    })
  }

  /** Resolves when everything said so far has been handed over, which may wait for acknowledgements. */
  say(text: string): Promise<void> {
    this.#unsent.push(Buffer.from(text.replaceAll('\n', '\r\n')))
    this.#send()
    if (this.#unsent.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#drained.push(resolve))
  }

  write(bytes: Uint8Array | string): void {
    for (const key of Buffer.from(bytes as string).toString('utf8')) this.#key(key)
  }

  resize(columns: number, rows: number): void {
    this.columns = columns
    this.rows = rows
  }

  acknowledge(bytes: number): void {
    this.#outstanding = Math.max(0, this.#outstanding - bytes)
    this.#send()
  }

  close(): void {
    this.hangUp(129)
  }

  /** Ends the program with this code. */
  hangUp(code: number): void {
    this.#over.abort(code)
  }

  #hungUp(): Promise<number> {
    return new Promise((resolve) => {
      this.#over.signal.addEventListener('abort', () => resolve(typeof this.#over.signal.reason === 'number' ? this.#over.signal.reason : 0))
    })
  }

  #key(key: string): void {
    if (key === '\r' || key === '\n') {
      void this.say('\n')
      this.#give(this.#line)
    } else if (key === '\x7f') {
      if (this.#line.length > 0) void this.say('\b \b')
      this.#line = [...this.#line].slice(0, -1).join('')
    } else if (key === '\x15') {
      // As line editors do it: written blanks would look like something typed.
      if (this.#line.length > 0) void this.say(`${'\b'.repeat([...this.#line].length)}\x1b[K`)
      this.#line = ''
    } else if (key === '\x03') {
      void this.say('^C')
      this.#line = ''
      this.#interrupt.abort()
    } else if (key === '\x04') {
      if (this.#line === '') this.#give(null)
    } else if (key >= ' ') {
      this.#line += key
      void this.say(key)
    }
  }

  #give(line: string | null): void {
    this.#line = ''
    const wanted = this.#wanted
    this.#wanted = null
    if (wanted) wanted(line)
    else this.#lines.push(line)
  }

  #send(): void {
    while (this.#unsent.length > 0 && this.#outstanding < TERMINAL_WINDOW && !this.#over.signal.aborted) {
      const bytes = this.#unsent.shift() as Buffer
      const now = bytes.subarray(0, TERMINAL_WINDOW - this.#outstanding)
      if (now.length < bytes.length) this.#unsent.unshift(bytes.subarray(now.length))
      this.#outstanding += now.length
      this.#onOutput(now)
    }
    if (this.#unsent.length === 0) for (const resolve of this.#drained.splice(0)) resolve()
  }
}
