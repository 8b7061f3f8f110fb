/** Plays a recorded walk: time goes on while it plays, and any moment can be gone to. What is to be shown is told to a stage. */

import type { DebuggerEvent } from '../delve/state.ts'
import type { TerminalName } from '../protocol/messages.ts'
import { type Moment, stepAt, type Timeline } from './timeline.ts'

/** Where a recording is shown. */
export interface Stage {
  /** Everything as before the first event. */
  clear(): void
  says(terminal: TerminalName, text: string): void
  debugger(event: DebuggerEvent): void
}

/** What a player is doing. `at` and `length` are milliseconds of the timeline; `step` an index, -1 before the first. */
export interface PlayerState {
  playing: boolean
  at: number
  length: number
  step: number
  /** Whether that step has shown all it has to show. */
  over: boolean
  speed: Speed
}

export const SPEEDS = [1, 2, 4] as const
export type Speed = (typeof SPEEDS)[number]

export class Player {
  readonly #timeline: Timeline
  readonly #stage: Stage
  readonly #text: (moment: Moment) => string
  readonly #onState: (state: PlayerState) => void
  #at = 0
  #next = 0
  #until: number
  #frame: number | null = null
  #speed: Speed = 1

  /** `text` gives what a moment's terminal event prints; `onState` hears of every change. */
  constructor(timeline: Timeline, stage: Stage, text: (moment: Moment) => string, onState: (state: PlayerState) => void) {
    this.#timeline = timeline
    this.#stage = stage
    this.#text = text
    this.#onState = onState
    this.#until = timeline.length
  }

  get state(): PlayerState {
    const step = stepAt(this.#timeline, this.#at)
    const over = step >= 0 && this.#at >= (this.#timeline.spans[step]?.to ?? 0)
    return { playing: this.#frame !== null, at: this.#at, length: this.#timeline.length, step, over, speed: this.#speed }
  }

  /** Shows what there is at `at`, as a picture of what is to come: time stays at the beginning. */
  poster(at: number): void {
    this.#stage.clear()
    this.#next = 0
    this.#at = at
    this.#show()
    this.#at = 0
    this.#next = 0
    this.#tell()
  }

  /** Plays on to the end, from the beginning when it is there already. */
  play(): void {
    if (this.#at >= this.#timeline.length) this.seek(0)
    this.#run(this.#timeline.length)
  }

  /** Plays one step and stops when it is over. */
  playStep(step: number): void {
    const span = this.#timeline.spans[step]
    if (!span) return
    this.seek(span.from)
    this.#run(span.to)
  }

  pause(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    this.#frame = null
    this.#tell()
  }

  /** Goes to `at` (milliseconds); going back shows everything from the first event again. */
  seek(at: number): void {
    if (at < this.#at || this.#next === 0) {
      this.#stage.clear()
      this.#next = 0
    }
    this.#at = Math.min(Math.max(0, at), this.#timeline.length)
    this.#show()
    this.#tell()
  }

  /** Goes to the end of a step. */
  seekEnd(step: number): void {
    this.pause()
    this.seek(this.#timeline.spans[step]?.to ?? 0)
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed
    this.#tell()
  }

  #run(until: number): void {
    this.#until = until
    // After a poster the first events are still to come.
    if (this.#next === 0) this.seek(this.#at)
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    let last: number | null = null
    const go = (now: number) => {
      this.#at = Math.min(this.#until, this.#at + (last === null ? 0 : (now - last) * this.#speed))
      last = now
      this.#show()
      this.#frame = this.#at < this.#until ? requestAnimationFrame(go) : null
      this.#tell()
    }
    this.#frame = requestAnimationFrame(go)
    this.#tell()
  }

  /** Shows every moment up to now. What one terminal says in a row is told at once, so that a long way is gone quickly. */
  #show(): void {
    const said: Partial<Record<TerminalName, string>> = {}
    const seen = new Map<DebuggerEvent['type'], DebuggerEvent>()
    for (; this.#next < this.#timeline.moments.length; this.#next++) {
      const moment = this.#timeline.moments[this.#next] as Moment
      if (moment.at > this.#at) break
      if ('terminal' in moment.event) said[moment.event.terminal] = (said[moment.event.terminal] ?? '') + this.#text(moment)
      else this.#remember(seen, moment.event.debugger)
    }
    for (const [terminal, text] of Object.entries(said)) this.#stage.says(terminal as TerminalName, text)
    for (const event of seen.values()) this.#stage.debugger(event)
  }

  /** Only the last word on each matter counts; a new halt makes old values void. */
  #remember(seen: Map<DebuggerEvent['type'], DebuggerEvent>, event: DebuggerEvent): void {
    if (event.type === 'target' && event.state.is !== 'halted') {
      seen.delete('stack')
      seen.delete('variables')
    }
    seen.delete(event.type)
    seen.set(event.type, event)
  }

  #tell(): void {
    this.#onState(this.state)
  }
}
