/** A walk run for real: one session, its messages into the panes, steps typed into its terminals. */
import type { TargetState, Variable } from '../delve/state.ts'
import type { FromPage, FromRelay, TerminalName } from '../protocol/messages.ts'
import { BreakpointClicks } from './breakpoint-clicks.ts'
import type { DebuggerModel } from './debugger-model.ts'
import type { Substitute } from './paths.ts'
import { rememberSession } from './remembered-session.ts'
import { Session, type SessionPhase } from './session.ts'
import { ShortPaths } from './short-paths.ts'
import type { SourcePane } from './source-pane.ts'
import type { TerminalPane } from './terminal-pane.ts'
import { Turns } from './turns.ts'
import type { VariablesView } from './variables.ts'
import type { Control } from './workbench.ts'

/** The protocol's SHOWN_EVERY: the page takes only types from there. */
const SHOWN_EVERY = 65_536

/** What a session drives: the workbench of a chapter, or as much of it as another page has. */
export interface Bench {
  /** Its `data-sources` is the address of the folder `source/files`. */
  root: HTMLElement
  model: DebuggerModel
  panes: Readonly<Record<TerminalName, TerminalPane>>
  source: Pick<SourcePane, 'refuse'>
  variables: Pick<VariablesView, 'expandWith'>
  control: Control | null
  /** Forgets what was shown, before another drives. */
  clear(): void
}

/** What a live session tells the page around it. */
export interface LiveEvents {
  phase(phase: SessionPhase): void
  /** Something in the session line is different: target, viewers, a refusal. */
  changed(): void
}

export class LiveMode {
  readonly #bench: Bench
  readonly #session: Session
  readonly #events: LiveEvents
  readonly #clicks: BreakpointClicks
  /** Who types into the session's terminals next. */
  readonly turns = new Turns()
  #substitute: Substitute = []
  #asked = new Map<number, { resolve(variable: Variable): void; reject(why: Error): void }>()
  #request = 0
  #onOver = () => {}
  #joining = new Set<TerminalName>()
  readonly #shown: Record<TerminalName, number> = { debugger: 0, shell: 0 }
  viewers = 1
  refused: string | null = null
  /** When the target halted (milliseconds since the epoch). */
  since = Date.now()

  constructor(bench: Bench, events: LiveEvents) {
    this.#bench = bench
    this.#events = events
    this.#session = new Session(location.origin, {
      phase: (phase) => this.#phase(phase),
      message: (message) => this.#hear(message),
      output: (terminal, bytes) => void this.#show(terminal, bytes),
    })
    this.#clicks = new BreakpointClicks({
      model: bench.model,
      panes: bench.panes,
      send: (message) => this.send(message),
      source: bench.source,
      paths: new ShortPaths(bench.root.dataset.sources ?? ''),
      turns: this.turns,
    })
  }

  get phase(): SessionPhase {
    return this.#session.phase
  }

  get target(): TargetState | null {
    return this.#bench.model.target
  }

  /** Makes a session for `walk` (null: with a plain sandbox), or finds the one there is. Resolves with whether it is new; rejects with what to tell the reader. */
  begin(walk: string | null): Promise<'new' | 'found'> {
    return this.#session.begin(walk)
  }

  /** Joins the session this browser had, if it is still there. */
  rejoin(): Promise<void> {
    return this.#session.rejoin()
  }

  send(message: FromPage): void {
    this.#session.send(message)
  }

  /** Ends the session and leaves it. Resolves when the relay has heard, so that the next one is a new one. */
  async end(): Promise<void> {
    if (this.phase.is === 'live' || this.phase.is === 'claiming') {
      const ended = new Promise<void>((resolve) => {
        this.#onOver = resolve
      })
      this.send({ type: 'end' })
      await ended
    }
    this.leave()
  }

  /** Types `continue` into the debugger, as a reader would, if the server is halted when what is being typed has been taken. Resolves when it runs. */
  resume(): Promise<void> {
    return this.#clicks.resume()
  }

  /** Takes the panes over; what the relay knows of the session comes with the connection. */
  enter(): void {
    const bench = this.#bench
    bench.clear()
    for (const pane of Object.values(bench.panes)) {
      void pane.reset()
      pane.acceptInput(true)
    }
    bench.variables.expandWith((expression, frame) => this.#expand(expression, frame))
    bench.control = {
      line: (file, line, breakpoint) => void this.#clicks.line(file, line, breakpoint, this.#substitute),
      frame: (frame) => void this.#clicks.frame(frame),
      input: (terminal, text) => this.send({ type: 'input', terminal, text }),
      resized: (terminal, columns, rows) => this.send({ type: 'resize', terminal, columns, rows }),
    }
  }

  /** Gives the panes back; the session goes on. */
  leave(): void {
    this.#bench.control = null
    this.#clicks.stop()
    this.#session.leave()
  }

  #phase(phase: SessionPhase): void {
    if (phase.is === 'live') {
      this.#substitute = phase.substitute
      rememberSession(true)
      this.#joining = new Set(['debugger', 'shell'])
    }
    if (phase.is === 'ended' || phase.is === 'none') rememberSession(false)
    if (phase.is !== 'live') {
      this.#forgetQuestions()
      // What is typed without a connection is dropped, so its prompt would be waited for in vain.
      this.#clicks.stop()
    }
    if (phase.is !== 'live' && phase.is !== 'claiming') this.#onOver()
    // With its sandbox the server has ended; whoever shows it halted or running must hear of that.
    const { target } = this.#bench.model
    if (phase.is === 'ended' && target !== null && target.is !== 'exited') {
      this.#bench.model.tell({ type: 'target', state: { is: 'exited', why: phase.ending.words } })
    }
    this.#events.phase(phase)
  }

  #hear(message: Exclude<FromRelay, { type: 'session' }>): void {
    switch (message.type) {
      case 'screen':
        void this.#screen(message)
        return
      case 'debugger':
        if (message.event.type === 'target') {
          this.refused = null
          if (message.event.state.is === 'halted' && this.target?.is !== 'halted') this.since = Date.now()
        }
        this.#clicks.hear(message.event)
        this.#bench.model.tell(message.event)
        this.#events.changed()
        return
      case 'variable': {
        const asked = this.#asked.get(message.request)
        this.#asked.delete(message.request)
        if (message.variable) asked?.resolve(message.variable)
        else asked?.reject(new Error(message.why))
        return
      }
      case 'refused':
        this.refused = message.why
        this.#events.changed()
        return
      case 'viewers':
        this.viewers = message.count
        this.#events.changed()
    }
  }

  /** The relay sends no more than the page can show, as long as it is told what is shown. */
  async #show(terminal: TerminalName, bytes: Uint8Array): Promise<void> {
    await this.#bench.panes[terminal].write(bytes)
    this.#shown[terminal] += bytes.length
    if (this.#shown[terminal] < SHOWN_EVERY) return
    this.send({ type: 'shown', terminal, bytes: this.#shown[terminal] })
    this.#shown[terminal] = 0
  }

  /** The first screen after joining comes in the size of whoever was there before; this page then asks for its own. */
  async #screen({ terminal, columns, rows, text }: Extract<FromRelay, { type: 'screen' }>): Promise<void> {
    const pane = this.#bench.panes[terminal]
    await pane.adopt(columns, rows, text)
    if (this.#joining.delete(terminal)) pane.fit()
  }

  #expand(expression: string, frame: number): Promise<Variable> {
    const request = ++this.#request
    return new Promise((resolve, reject) => {
      this.#asked.set(request, { resolve, reject })
      this.send({ type: 'expand', request, expression, frame })
    })
  }

  #forgetQuestions(): void {
    for (const { reject } of this.#asked.values()) reject(new Error('The connection is gone.'))
    this.#asked.clear()
  }
}
