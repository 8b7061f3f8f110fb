/** Turns clicks on line numbers and frames into commands typed at the reader's own prompt, so that they see and learn them. */
import type { Breakpoint, DebuggerEvent } from '../delve/state.ts'
import type { FromPage, TerminalName } from '../protocol/messages.ts'
import type { DebuggerModel } from './debugger-model.ts'
import { type Substitute, terminalPath } from './paths.ts'
import type { ShortPaths } from './short-paths.ts'
import type { SourcePane } from './source-pane.ts'
import type { TerminalPane } from './terminal-pane.ts'
import type { Turns } from './turns.ts'
import { typeKeys } from './typing.ts'
import { entered, prompt } from './walk-runner.ts'

interface Page {
  model: DebuggerModel
  panes: Readonly<Record<TerminalName, TerminalPane>>
  source: Pick<SourcePane, 'refuse'>
  paths: ShortPaths
  turns: Turns
  send(message: FromPage): void
}

/** What is typed when its turn comes; null: nothing. `afterwards` is what becomes of a server that was halted for it. */
type Command = { line: string; afterwards: 'runs on' | 'stays' } | null

export class BreakpointClicks {
  readonly #page: Page
  #stop = new AbortController()
  /** Places that were asked for, by what was typed, so that a refusal finds its line. */
  #asked = new Map<string, { file: string; line: number }>()

  constructor(page: Page) {
    this.#page = page
  }

  /** Sets a breakpoint on a line, or clears the one that is there. A running target is halted first and runs on afterwards. */
  line(file: string, line: number, breakpoint: Breakpoint | null, substitute: Substitute): Promise<void> {
    return this.#type(async () => {
      if (breakpoint) return { line: `clear ${breakpoint.name || breakpoint.id}`, afterwards: 'runs on' }
      const location = `${await this.#page.paths.of(terminalPath(file, substitute))}:${line}`
      this.#asked.set(location, { file, line })
      return { line: `break ${location}`, afterwards: 'runs on' }
    })
  }

  /** Shows a frame of a halted server. */
  frame(frame: number): Promise<void> {
    return this.#type(async () => this.#whenHalted(`frame ${frame}`))
  }

  /** Lets a halted server run. */
  resume(): Promise<void> {
    return this.#type(async () => this.#whenHalted('continue'))
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

  /** Asked when the turn has come: what was typed before may have halted the server, or sent it running. */
  #whenHalted(line: string): Command {
    return this.#page.model.target?.is === 'halted' ? { line, afterwards: 'stays' } : null
  }

  async #type(command: () => Promise<Command>): Promise<void> {
    const { signal } = this.#stop
    const done = await this.#page.turns.take('debugger', signal).catch(() => null)
    try {
      if (done) await this.#typeNow(command, signal)
    } catch {
      // The session is gone, or the file that knows the path: nothing is typed.
    } finally {
      done?.()
    }
  }

  async #typeNow(command: () => Promise<Command>, signal: AbortSignal): Promise<void> {
    const wanted = await command()
    if (!wanted) return
    const runsOn = await prompt('debugger', this.#page, signal, () => {})
    await this.#enter(wanted.line, signal)
    if (runsOn && wanted.afterwards === 'runs on') await this.#enter('continue', signal)
  }

  async #enter(line: string, signal: AbortSignal): Promise<void> {
    const { send } = this.#page
    await typeKeys(line, { send: (text) => send({ type: 'input', terminal: 'debugger', text }), signal })
    await entered('debugger', this.#page, signal)
  }
}
