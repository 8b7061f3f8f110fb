/** One terminal of a session, shared by every page that looks: output goes to all, and is acknowledged when all have it. */
import { TERMINALS, type TerminalName } from '../protocol/messages.ts'
import type { Terminal } from '../sandbox/sandbox.ts'
import { isAnswer } from './answers.ts'
import { limitMarks } from './marks.ts'
import { Screen } from './screen.ts'
import type { Viewer } from './viewer.ts'

/** A size in cells. */
export interface Size {
  columns: number
  rows: number
}

/** Puts a terminal that a program left in any state back to where a new one may begin: main screen, no mouse, no paste marks, plain text. */
const TIDY = '\u001b[?1047l\u001b[?1000;1002;1003;1004;1006;2004l\u001b[!p\u001b[?25h'

/** Milliseconds between two changes of size. */
const BETWEEN_SIZES = 100

/** Milliseconds a program must have run to be started again by itself: one that ends at once would end for ever. */
const WORTHWHILE = 2_000
/** UTF-16 units of keys that wait for a program that starts. */
const MOST_WAITING = 65_536

type Program =
  /** `keys` came meanwhile. */
  | { is: 'opening'; keys: string }
  | { is: 'open'; terminal: Terminal; since: number }
  /** Any key starts it again. */
  | { is: 'over' }
  | { is: 'closed' }

export interface SharedTerminalOptions {
  name: TerminalName
  size: Size
  /** Who gets the output. */
  viewers: () => ReadonlySet<Viewer>
  /** Starts the program. */
  open: (size: Size & { onOutput: (bytes: Buffer) => void }) => Promise<Terminal>
}

export class SharedTerminal {
  readonly name: TerminalName
  readonly #options: SharedTerminalOptions
  readonly #screen: Screen
  readonly #limitMarks = limitMarks()
  #size: Size
  /** The size that was asked for last and is not yet given, and the clock until one may be. */
  #wanted: { size: Size; by: Viewer | null } | null = null
  #rest: NodeJS.Timeout | null = null
  #program: Program = { is: 'over' }
  /** What was said in this turn of the event loop. */
  #said: { bytes: Buffer; acknowledge: (bytes: number) => void }[] = []

  constructor(options: SharedTerminalOptions) {
    this.name = options.name
    this.#options = options
    this.#size = options.size
    this.#screen = new Screen({ ...options.size, onAnswer: (text) => this.#write(text) })
  }

  /** Starts the program, or starts it again after it ended. Rejects as the sandbox does. */
  async open(): Promise<void> {
    const opening: Extract<Program, { is: 'opening' }> = { is: 'opening', keys: '' }
    this.#program = opening
    let opened: Terminal | null = null
    const size = this.#size
    // Output may come before the sandbox says that the terminal is open.
    const early: number[] = []
    const acknowledge = (bytes: number) => (opened ? opened.acknowledge(bytes) : early.push(bytes))
    const terminal = await this.#options.open({ ...size, onOutput: (bytes) => this.#take(bytes, acknowledge) })
    opened = terminal
    for (const bytes of early.splice(0)) terminal.acknowledge(bytes)
    if (this.#isClosed()) return terminal.close()
    this.#program = { is: 'open', terminal, since: performance.now() }
    if (opening.keys) terminal.write(opening.keys)
    if (size !== this.#size) terminal.resize(this.#size.columns, this.#size.rows)
    void terminal.exited.then((code) => this.#over(terminal, code))
  }

  /** Keys from a page. */
  type(text: string): void {
    // The screen here has answered already; every page that looks would answer once more.
    if (isAnswer(text)) return
    if (this.#program.is === 'over') this.#openAgain()
    else this.#write(text)
  }

  /** The last page to resize wins; the others, all but `by`, get the screen in its new size. */
  resize(size: Size, by: Viewer | null): void {
    this.#wanted = { size, by }
    if (this.#rest) return
    this.#applySize()
    // A window that is dragged asks for hundreds of sizes, and each means to wrap every line anew.
    this.#rest = setTimeout(() => {
      this.#rest = null
      this.#applySize()
    }, BETWEEN_SIZES)
  }

  /** Sends pages the screen as of now, and from then on the output. */
  show(viewers: readonly Viewer[]): void {
    if (viewers.length === 0) return
    this.#flush()
    const shown = viewers.map((viewer) => viewer.hold(this.name))
    this.#screen.snapshot((snapshot) => {
      for (const show of shown) show(snapshot)
    })
  }

  close(): void {
    if (this.#program.is === 'open') this.#program.terminal.close()
    this.#program = { is: 'closed' }
    if (this.#rest) clearTimeout(this.#rest)
    this.#screen.close()
  }

  #applySize() {
    if (!this.#wanted) return
    const { size, by } = this.#wanted
    this.#wanted = null
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return
    this.#flush()
    this.#size = size
    if (this.#program.is === 'open') this.#program.terminal.resize(size.columns, size.rows)
    this.#screen.resize(size.columns, size.rows)
    this.show([...this.#options.viewers()].filter((viewer) => viewer !== by))
  }

  #isClosed(): boolean {
    return this.#program.is === 'closed'
  }

  #write(text: string) {
    const program = this.#program
    if (program.is === 'open') program.terminal.write(text)
    if (program.is === 'opening' && program.keys.length + text.length <= MOST_WAITING) program.keys += text
  }

  /** Gathers what comes in one turn of the event loop: fewer, larger messages, and nothing waits for a clock. */
  #take(bytes: Buffer, acknowledge: (bytes: number) => void) {
    if (this.#isClosed()) return
    if (this.#said.length === 0) setImmediate(() => this.#flush())
    this.#said.push({ bytes, acknowledge })
  }

  #flush() {
    if (this.#said.length === 0 || this.#isClosed()) return
    const said = this.#said.splice(0)
    const bytes = this.#limitMarks(Buffer.concat(said.map((each) => each.bytes)))
    const frame = Buffer.concat([Buffer.from([TERMINALS.indexOf(this.name)]), bytes])
    const viewers = [...this.#options.viewers()]
    let waiting = 1 + viewers.length
    const done = () => {
      waiting -= 1
      if (waiting === 0) for (const { bytes, acknowledge } of said) acknowledge(bytes.length)
    }
    this.#screen.write(bytes, done)
    for (const viewer of viewers) viewer.output(this.name, frame, done)
  }

  #over(terminal: Terminal, code: number) {
    const program = this.#program
    if (program.is !== 'open' || program.terminal !== terminal) return
    this.#program = { is: 'over' }
    // Killed with the sandbox: the session says so itself.
    if (code === -1) return
    const again = performance.now() - program.since > WORTHWHILE
    this.#note(
      `${this.name === 'shell' ? 'The shell' : 'dlv'} ended (exit code ${code}). ${again ? 'Here is a new one.' : 'Press any key to start it again.'}`,
    )
    if (again) this.#openAgain()
  }

  #openAgain() {
    this.open().catch((error: unknown) => {
      if (this.#isClosed()) return
      this.#program = { is: 'over' }
      this.#note(`It could not be started: ${error instanceof Error ? error.message : error}. Press any key to try again.`)
    })
  }

  /** Words of the relay in the terminal itself. */
  #note(words: string) {
    this.#take(Buffer.from(`${TIDY}\r\n[${words}]\r\n`), () => {})
  }
}
