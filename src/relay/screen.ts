/** What a terminal shows, kept so that a page that joins or reloads sees the same as one that was there all the time. */
// @xterm/headless with @xterm/addon-serialize: the very parser of the page, so both agree on every escape sequence.
import serialize from '@xterm/addon-serialize'
import headless from '@xterm/headless'
import { linesCost } from './lines-cost.ts'
import { guardParser } from './parser-guard.ts'
import { writeInPieces } from './pieces.ts'
import { unfinished } from './unfinished.ts'

/** Lines above the screen that are kept. */
const SCROLLBACK = 1000
/** UTF-16 units, about, beyond which no more lines from above the screen are added to a snapshot, so that a reload stays quick. */
const SNAPSHOT = 65_536
/** UTF-16 units, about, beyond which the screen itself goes without colours: thousands of cells, each in a colour of its own, take seconds to write down. */
const LARGEST = 262_144
/** Answers to a program's questions in one second; a real terminal is asked a few at its start. */
const ANSWERS_PER_SECOND = 100

/** Private modes by their numbers: whether the cursor is shown, and whether the mouse is reported in SGR form. */
const CURSOR = 25
const MOUSE_AS_SGR = 1006

const NOTHING = Buffer.alloc(0)

/** A screen as of one moment. */
export interface Snapshot {
  columns: number
  rows: number
  /** Written into a reset terminal of this size, it shows the same. */
  text: string
  /** Bytes of an escape sequence or character that had only partly come: they belong right after `text`. */
  rest: Buffer
}

export class Screen {
  readonly #terminal: headless.Terminal
  readonly #write: (bytes: Buffer, parsed: () => void) => void
  readonly #serialize = new serialize.SerializeAddon()
  /** Private modes that the addon leaves out, as last set. */
  readonly #modes = new Map([
    [CURSOR, true],
    [MOUSE_AS_SGR, false],
  ])
  readonly #unfinished = unfinished()
  #closed = false

  /** `onAnswer` is called when a program asked the terminal something (its kind, the cursor's place). Pages must not answer too. */
  constructor({ columns, rows, onAnswer }: { columns: number; rows: number; onAnswer: (text: string) => void }) {
    // Its complaints about what a program writes are no news for whoever runs the relay.
    this.#terminal = new headless.Terminal({ cols: columns, rows, scrollback: SCROLLBACK, allowProposedApi: true, logLevel: 'off' })
    this.#terminal.loadAddon(this.#serialize)
    this.#write = writeInPieces((piece, parsed) => this.#terminal.write(piece, parsed))
    guardParser(this.#terminal)
    let second = 0
    let answers = 0
    this.#terminal.onData((text) => {
      const now = Math.floor(performance.now() / 1000)
      if (now !== second) answers = 0
      second = now
      answers += 1
      if (answers <= ANSWERS_PER_SECOND) onAnswer(text)
    })
    const { parser } = this.#terminal
    for (const final of ['h', 'l']) {
      parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
        for (const mode of parameters.flat()) if (this.#modes.has(mode)) this.#modes.set(mode, final === 'h')
        return false
      })
    }
    const reset = () => {
      this.#modes.set(CURSOR, true).set(MOUSE_AS_SGR, false)
      return false
    }
    parser.registerEscHandler({ final: 'c' }, reset)
    parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset)
  }

  /** Takes what the terminal said; `parsed` is called when it is on the screen. */
  write(bytes: Buffer, parsed: () => void): void {
    this.#unfinished.take(bytes)
    this.#write(bytes, parsed)
  }

  /** Takes effect after all that was written before. */
  resize(columns: number, rows: number): void {
    this.#after(() => this.#terminal.resize(columns, rows))
  }

  /** Calls back with the screen as it is after all that was written before this call, and before anything written later. */
  snapshot(callback: (snapshot: Snapshot) => void): void {
    const rest = this.#unfinished.rest()
    this.#after(() => callback({ columns: this.#terminal.cols, rows: this.#terminal.rows, text: this.#text(), rest }))
  }

  close(): void {
    this.#closed = true
    this.#terminal.dispose()
  }

  /** Calls back between two writes: writes are parsed later than they are made. */
  #after(callback: () => void) {
    this.#write(NOTHING, () => {
      if (!this.#closed) callback()
    })
  }

  #text(): string {
    const { rows } = this.#terminal
    const { normal, alternate, active } = this.#terminal.buffer
    let cost = active.type === 'alternate' ? linesCost(alternate, 0, alternate.length) : 0
    cost += linesCost(normal, normal.length - rows, normal.length)
    if (cost > LARGEST) return this.#plain()
    let above = normal.length - rows
    while (above > 0 && cost <= SNAPSHOT) {
      above -= 1
      cost += linesCost(normal, above, above + 1)
    }
    const modes = `${this.#modes.get(MOUSE_AS_SGR) ? '\u001b[?1006h' : ''}${this.#modes.get(CURSOR) ? '' : '\u001b[?25l'}`
    return this.#serialize.serialize({ scrollback: normal.length - rows - above }) + modes
  }

  /** The screen without its colours. */
  #plain(): string {
    const { active } = this.#terminal.buffer
    const line = (row: number) => active.getLine(active.baseY + row)?.translateToString(true) ?? ''
    const place = `\u001b[${active.cursorY + 1};${active.cursorX + 1}H`
    return Array.from({ length: this.#terminal.rows }, (_, row) => line(row)).join('\r\n') + place
  }
}
