/**
 * A terminal in the page. xterm.js: the one terminal emulator for browsers that is kept up, fast, and has a mode for screen readers; its fit addon
 * measures how many columns there is room for. Both are loaded only when a reader wants a terminal.
 */
import type { FitAddon } from '@xterm/addon-fit'
import type { IMarker, Terminal } from '@xterm/xterm'
import { atPrompt, PROMPTS } from '../book/check/prompt.ts'
import { cursorLine, cursorRow, textSince } from '../book/check/screen.ts'
import type { TerminalName } from '../protocol/messages.ts'
import { element, required } from './element.ts'
import { leaveByEscape } from './leave.ts'
import { siteOf } from './site.ts'
import { stylesheet } from './stylesheet.ts'
import { terminalTheme, watchTheme } from './terminal-colours.ts'
import { linkPlaces } from './terminal-links.ts'

export interface TerminalEvents {
  /** The reader typed. */
  input(text: string): void
  /** There is room for another size than before. */
  resized(columns: number, rows: number): void
}

/** Where a command was typed, so that what came of it can be read. */
export type Mark = IMarker

export class TerminalPane {
  readonly name: TerminalName
  readonly #terminal: Terminal
  readonly #fit: FitAddon
  readonly #room: HTMLElement
  readonly #output = new Set<() => void>()
  readonly #ended = new Set<(exitCode: number) => void>()
  readonly #endings: number[] = []
  readonly #resized: (columns: number, rows: number) => void
  #writes: Promise<void> = Promise.resolve()

  /** Puts a terminal in place of the static text in `root`'s screen. */
  static async open(name: TerminalName, root: HTMLElement, events: TerminalEvents): Promise<TerminalPane> {
    const [{ Terminal }, { FitAddon }, style] = await Promise.all([
      import('@xterm/xterm'),
      import('@xterm/addon-fit'),
      import('@xterm/xterm/css/xterm.css?url'),
    ])
    await stylesheet(style.default)
    const screen = required(root, '.screen')
    const terminal = new Terminal({
      fontFamily: getComputedStyle(screen).fontFamily,
      fontSize: 12,
      lineHeight: 1.3,
      screenReaderMode: true,
      scrollback: 5000,
      cursorInactiveStyle: 'outline',
      theme: terminalTheme(root),
      minimumContrastRatio: 4.5,
      // A recording may be wider than the pane: the line under the cursor folds too.
      reflowCursorLine: true,
      allowProposedApi: true,
    })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    // The fit addon measures the parent and knows nothing of its padding.
    const room = element('div', { class: 'room' })
    screen.replaceChildren(room)
    screen.removeAttribute('tabindex')
    screen.dataset.terminal = ''
    terminal.open(room)
    return new TerminalPane(name, root, room, terminal, fit, events)
  }

  private constructor(name: TerminalName, root: HTMLElement, room: HTMLElement, terminal: Terminal, fit: FitAddon, events: TerminalEvents) {
    this.name = name
    this.#terminal = terminal
    this.#fit = fit
    this.#room = room
    this.fit()
    terminal.onData(events.input)
    terminal.onBinary(events.input)
    this.#resized = events.resized
    // The shell marks the end of each command with OSC 133;D;exit code.
    terminal.parser.registerOscHandler(133, (data) => {
      const [kind, exitCode] = data.split(';')
      if (kind === 'D') this.#endings.push(Number(exitCode ?? 0))
      return true
    })
    leaveByEscape(terminal, required(root, '.after'))
    const { sources } = root.closest<HTMLElement>('[data-sources]')?.dataset ?? {}
    if (sources) linkPlaces(terminal, siteOf(sources))
    new ResizeObserver(() => this.fit()).observe(room)
    watchTheme(() => {
      terminal.options.theme = terminalTheme(root)
    })
  }

  get columns(): number {
    return this.#terminal.cols
  }

  get rows(): number {
    return this.#terminal.rows
  }

  /** Writes what a program said; resolves when it is on the screen. */
  write(data: string | Uint8Array): Promise<void> {
    return this.#queue(() => this.#put(data))
  }

  /** Writes what was said to a terminal of `columns`, then folds it to this one's width. */
  writeAt(columns: number, data: string): Promise<void> {
    return this.#queue(async () => {
      const { cols, rows } = this.#terminal
      if (columns !== cols) this.#terminal.resize(columns, rows)
      await this.#put(data)
      if (columns !== cols) this.#terminal.resize(cols, this.#terminal.rows)
    })
  }

  /** Takes over a screen as another place had it, in that place's size. */
  adopt(columns: number, rows: number, text: string): Promise<void> {
    return this.#queue(async () => {
      this.#terminal.reset()
      this.#terminal.resize(columns, rows)
      await this.#put(text)
    })
  }

  /** Empties the terminal, then writes `text`, if any. */
  reset(text = ''): Promise<void> {
    return this.#queue(async () => {
      this.#terminal.reset()
      if (text) await this.#put(text)
    })
  }

  /** Called after each piece of output is on the screen. Returns how to stop. */
  onOutput(listener: () => void): () => void {
    this.#output.add(listener)
    return () => this.#output.delete(listener)
  }

  /** Called when the shell says that a command has ended. */
  onCommandEnded(listener: (exitCode: number) => void): () => void {
    this.#ended.add(listener)
    return () => this.#ended.delete(listener)
  }

  /** Marks the line under the cursor. */
  mark(): Mark {
    const buffer = this.#terminal.buffer.active
    return this.#terminal.registerMarker(cursorRow(buffer) - (buffer.baseY + buffer.cursorY))
  }

  /** Plain text from the marked line to the cursor. */
  textSince(mark: Mark): string {
    return textSince(this.#terminal.buffer.active, Math.max(0, mark.line))
  }

  get cursorLine(): string {
    return cursorLine(this.#terminal.buffer.active)
  }

  /** `empty`: a prompt with nothing typed; `typed`: a prompt and something after it; `busy`: no prompt on the cursor's line. */
  get prompt(): 'empty' | 'typed' | 'busy' {
    const line = this.cursorLine
    if (atPrompt(this.name, line)) return 'empty'
    return line.startsWith(PROMPTS[this.name]) ? 'typed' : 'busy'
  }

  /** Resolves at the next empty prompt on a later line than the cursor is on now. Rejects when `signal` aborts. */
  nextPrompt(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason)
    const mark = this.mark()
    return new Promise((resolve, reject) => {
      const end = () => {
        stop()
        mark.dispose()
      }
      const stop = this.onOutput(() => {
        if (this.prompt !== 'empty' || !this.textSince(mark).includes('\n')) return
        end()
        resolve()
      })
      const abort = () => {
        end()
        reject(signal.reason)
      }
      signal.addEventListener('abort', abort, { once: true })
    })
  }

  /** Keys go nowhere while `on` is false: a recording plays. */
  acceptInput(on: boolean): void {
    // No blinking: its animation makes the page draw every frame, which takes half a core and delays the halted line.
    this.#terminal.options.disableStdin = !on
  }

  focus(): void {
    this.#terminal.focus()
  }

  /** The columns and rows that there is room for; null while the pane is hidden. */
  get room(): { columns: number; rows: number } | null {
    if (this.#room.clientWidth === 0 || this.#room.clientHeight === 0) return null
    const size = this.#fit.proposeDimensions()
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return null
    return { columns: Math.max(20, size.cols), rows: Math.max(2, size.rows) }
  }

  /** Takes the size that there is room for, and tells it. */
  fit(): void {
    const room = this.room
    if (!room) return
    void this.#queue(async () => {
      if (room.columns === this.#terminal.cols && room.rows === this.#terminal.rows) return
      this.#terminal.resize(room.columns, room.rows)
      this.#resized(room.columns, room.rows)
    })
  }

  async #put(data: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#terminal.write(data, resolve))
    for (const listener of this.#output) listener()
    // Whoever hears of an end has been told before of all that was said.
    for (const exitCode of this.#endings.splice(0)) for (const listener of this.#ended) listener(exitCode)
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#writes = this.#writes.then(work)
    return this.#writes
  }
}
