/** Turns clicks on line numbers and frames into commands typed at the reader's own prompt, so that they see and learn them. */
import type { Breakpoint, DebuggerEvent } from '../delve/state.ts'
import type { FromPage, TerminalName } from '../protocol/messages.ts'
import type { DebuggerModel } from './debugger-model.ts'
import { type Substitute, terminalPath } from './paths.ts'
import type { ShortPaths } from './short-paths.ts'
import type { SourcePane } from './source-pane.ts'
import type { TerminalPane } from './terminal-pane.ts'
import { typeKeys } from './typing.ts'
import { prompt } from './walk-runner.ts'

interface Page {
  model: DebuggerModel
  panes: Readonly<Record<TerminalName, TerminalPane>>
  source: Pick<SourcePane, 'refuse'>
  paths: ShortPaths
  send(message: FromPage): void
}

export class BreakpointClicks {
  readonly #page: Page
  #work: Promise<void> = Promise.resolve()
  #stop = new AbortController()
  /** Places that were asked for, by what was typed, so that a refusal finds its line. */
  #asked = new Map<string, { file: string; line: number }>()

  constructor(page: Page) {
    this.#page = page
  }

  /** Sets a breakpoint on a line, or clears the one that is there. A running target is halted first and runs on afterwards. */
  line(file: string, line: number, breakpoint: Breakpoint | null, substitute: Substitute): Promise<void> {
    return this.#type(async () => {
      if (breakpoint) return `clear ${breakpoint.name || breakpoint.id}`
      const location = `${await this.#page.paths.of(terminalPath(file, substitute))}:${line}`
      this.#asked.set(location, { file, line })
      return `break ${location}`
    }, 'runs on')
  }

  frame(frame: number): Promise<void> {
    return this.#page.model.target?.is === 'halted' ? this.#type(async () => `frame ${frame}`, 'stays') : Promise.resolve()
  }

  /** Lets a halted server run. */
  resume(): Promise<void> {
    return this.#page.model.target?.is === 'halted' ? this.#type(async () => 'continue', 'stays') : Promise.resolve()
  }

  /** Says a refusal at the line it is about. */
  hear(event: DebuggerEvent): void {
    if (event.type !== 'break-refused') return
    const place = this.#asked.get(event.location)
    if (place) this.#page.source.refuse(place.file, place.line, event.why)
  }

  /** Types nothing more. */
  stop(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
  }

  /** One command after the other: two quick clicks must not type into one line. */
  #type(command: () => Promise<string>, after: 'runs on' | 'stays'): Promise<void> {
    const signal = this.#stop.signal
    this.#work = this.#work.then(() => this.#typeNow(command, after, signal)).catch(() => {})
    return this.#work
  }

  async #typeNow(command: () => Promise<string>, after: 'runs on' | 'stays', signal: AbortSignal): Promise<void> {
    const runsOn = await prompt('debugger', this.#page, signal, () => {})
    await this.#enter(await command(), signal)
    if (runsOn && after === 'runs on') await this.#enter('continue', signal)
  }

  /** Types a line and Enter. Resolves when it has been taken: the prompt is back, or the server runs. */
  async #enter(line: string, signal: AbortSignal): Promise<void> {
    const { model, panes, send } = this.#page
    await typeKeys(line, { send: (text) => send({ type: 'input', terminal: 'debugger', text }), signal })
    const running = new Promise<void>((resolve) => {
      const stop = model.listen((event) => {
        if (event.type !== 'target' || event.state.is === 'halted') return
        stop()
        resolve()
      })
      signal.addEventListener('abort', stop, { once: true })
    })
    const back = panes.debugger.nextPrompt(signal)
    send({ type: 'input', terminal: 'debugger', text: '\r' })
    await Promise.race([back, running])
    // Whichever came second is not waited for.
    back.catch(() => {})
  }
}
