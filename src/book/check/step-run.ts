/** One step as it runs: told of what is typed and of all that comes, it says when the step is over and how its promises fared. Pure; the page and verify both use it. */
import type { Breakpoint, DebuggerEvent, Place, TargetState } from '../../delve/state.ts'
import type { Promised } from '../walk.ts'
import { checkPromises, type Verdict } from './promise.ts'
import { atPrompt } from './prompt.ts'

/** How a step stands. `took` is milliseconds from typing to the end; `said` is the plain text that came of it. */
export type StepReport =
  /** `until`: the time, on the caller's clock, at which to call `tick`; null while only events can end it. */
  { is: 'running'; until: number | null } | StepEnd

export interface StepEnd {
  is: 'done'
  verdicts: Verdict[]
  said: string
  took: number
}

/** What a step run must know beforehand. */
export interface StepStart {
  terminal: 'debugger' | 'shell'
  promises: readonly Promised[]
  /** The places that stops stand for, by id. */
  stops: Readonly<Record<string, Place>>
  /** What is known of the debugger before the command is typed. */
  target: TargetState | null
  breakpoints: readonly Breakpoint[]
}

/** How long after the prompt the word of a promised halt may still come (milliseconds): both come of one reply, over two ways. */
export const LATE_HALT_MS = 2000

export class StepRun {
  readonly #start: StepStart
  #breakpoints: readonly Breakpoint[]
  #states: TargetState[] = []
  #typed: { command: string; at: number } | null = null
  #text = ''
  #cameBack = false
  #until: number | null = null
  #report: StepReport = { is: 'running', until: null }

  constructor(start: StepStart) {
    this.#start = start
    this.#breakpoints = start.breakpoints
  }

  /** The command was sent to the terminal, without the Enter in `command`. `now` is any clock in milliseconds, the same in all calls. */
  typed(command: string, now: number): StepReport {
    this.#typed = { command, at: now }
    return this.#report
  }

  /** The step's own terminal said something: `textSoFar` from the line where the command was typed (see textSince), `cursorLine` where the cursor is now. */
  output(textSoFar: string, cursorLine: string, now: number): StepReport {
    if (!this.#typed || this.#report.is === 'done') return this.#report
    this.#text = textSoFar
    if (atPrompt(this.#start.terminal, cursorLine) && this.#echoed()) return this.#back(now)
    return this.#report
  }

  /** The shell marked the end of the command (OSC 133;D). Call `output` first, so that all it said is known. */
  commandEnded(_exitCode: number, now: number): StepReport {
    if (this.#report.is === 'done' || this.#start.terminal !== 'shell' || !this.#echoed()) return this.#report
    return this.#back(now)
  }

  /** The debugger's follower told something. */
  debugger(event: DebuggerEvent, now: number): StepReport {
    if (!this.#typed || this.#report.is === 'done') return this.#report
    if (event.type === 'breakpoints') this.#breakpoints = event.breakpoints
    if (event.type !== 'target') return this.#report
    this.#states.push(event.state)
    if (event.state.is === 'running') return this.#promises('runs') ? this.#done(now) : this.#report
    if (event.state.is === 'exited') return this.#done(now)
    if (this.#promises('halts') && (this.#start.terminal === 'shell' || this.#cameBack)) return this.#done(now)
    return this.#report
  }

  /** Time has passed: `until` is over. */
  tick(now: number): StepReport {
    return this.#until !== null && now >= this.#until ? this.#done(now) : this.#report
  }

  /** Ends the step as it is, for whoever waits no longer. */
  giveUp(now: number): StepEnd {
    return this.#report.is === 'done' ? this.#report : this.#done(now)
  }

  #promises(kind: 'halts' | 'runs'): boolean {
    return this.#start.promises.some((promise) => kind in promise)
  }

  /** Whether the terminal has shown the command, or has gone on to a further line, since line editors cut and redraw what does not fit. */
  #echoed(): boolean {
    return this.#typed !== null && (this.#text.trim().includes('\n') || squeeze(this.#text).includes(squeeze(this.#typed.command)))
  }

  #back(now: number): StepReport {
    if (this.#cameBack) return this.#report
    this.#cameBack = true
    const halted = this.#states.some((state) => state.is === 'halted')
    if (this.#start.terminal === 'debugger' && this.#promises('halts') && !halted) {
      this.#until = now + LATE_HALT_MS
      this.#report = { is: 'running', until: this.#until }
      return this.#report
    }
    return this.#done(now)
  }

  #done(now: number): StepEnd {
    const said = withoutCommand(this.#text, this.#typed?.command ?? '', this.#start.terminal)
    const verdicts = checkPromises(this.#start.promises, {
      terminal: this.#start.terminal,
      said,
      cameBack: this.#cameBack,
      states: this.#states,
      before: this.#start.target,
      breakpoints: this.#breakpoints,
      stops: this.#start.stops,
    })
    this.#until = null
    const end: StepEnd = { is: 'done', verdicts, said, took: now - (this.#typed?.at ?? now) }
    this.#report = end
    return end
  }
}

/** Rows of the screen that a line editor may spread a command over. */
const ECHO_LINES = 4

/** The text after the line that holds the command, without the prompt at its end. */
function withoutCommand(text: string, command: string, terminal: 'debugger' | 'shell'): string {
  const lines = text.split('\n')
  const end = squeeze(command)
  const echo = Array.from({ length: ECHO_LINES }, (_, at) => at + 1).find((count) => squeeze(lines.slice(0, count).join('')).endsWith(end))
  const rest = lines.slice(echo ?? 1)
  if (rest.length > 0 && atPrompt(terminal, `${rest.at(-1)} `)) rest.pop()
  return rest.join('\n').trim()
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '')
}
