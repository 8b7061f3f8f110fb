/** Compares what came of a step with what the book promises. */
import type { Breakpoint, Place, TargetState } from '../../delve/state.ts'
import type { Promised } from '../walk.ts'
import { withTypesElided } from './function-name.ts'
import { matches } from './says.ts'
import { whyNotHalted, whyNotRunning, whyNotSaid } from './why.ts'

/** What is known when a step is over. */
export interface Outcome {
  terminal: 'debugger' | 'shell'
  /** Plain text that came of the command, without the command itself and the prompt after it. */
  said: string
  /** Whether the command came back (false: it still waits, or time was up). */
  cameBack: boolean
  /** States the target was in since the command was typed, in order. */
  states: readonly TargetState[]
  /** Its state before the command; null: never heard. */
  before: TargetState | null
  breakpoints: readonly Breakpoint[]
  /** The places that stops stand for, by id. */
  stops: Readonly<Record<string, Place>>
}

/** How one promise fared. `promised` and `got` are lines to show side by side; `why` is the probable cause with what to do. */
export type Verdict =
  | { is: 'kept'; promise: Promised; promised: string }
  | { is: 'broken'; promise: Promised; promised: string; got: string; why: string }

/** One verdict for each promise, in order. Throws when a promise names a stop that `outcome.stops` does not have. */
export function checkPromises(promises: readonly Promised[], outcome: Outcome): Verdict[] {
  return promises.map((promise) => check(promise, outcome))
}

function check(promise: Promised, outcome: Outcome): Verdict {
  if ('says' in promise) {
    const promised = promise.says
    if (matches(promise.says, outcome.said)) return { is: 'kept', promise, promised }
    return { is: 'broken', promise, promised, got: outcome.said || 'nothing', why: whyNotSaid(outcome) }
  }
  if ('quiet' in promise) {
    const promised = 'comes back without a word'
    if (outcome.cameBack && outcome.said === '') return { is: 'kept', promise, promised }
    return { is: 'broken', promise, promised, got: outcome.said || 'nothing yet', why: whyNotSaid(outcome) }
  }
  if ('runs' in promise) {
    const promised = 'the server runs on'
    if (outcome.states.some((state) => state.is === 'running')) return { is: 'kept', promise, promised }
    return { is: 'broken', promise, promised, got: outcome.said || now(outcome), why: whyNotRunning(outcome) }
  }
  const stop = outcome.stops[promise.halts]
  if (!stop) throw new Error(`No place is known for the stop "${promise.halts}".`)
  const promised = `halted at ${words(stop)}`
  const halts = outcome.states.filter((state) => state.is === 'halted')
  if (halts.some((state) => samePlace(state.at, stop))) return { is: 'kept', promise, promised }
  return { is: 'broken', promise, promised, got: now(outcome), why: whyNotHalted(outcome, stop) }
}

function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && withTypesElided(a.function) === withTypesElided(b.function)
}

function now(outcome: Outcome): string {
  const state = outcome.states.at(-1) ?? outcome.before
  if (!state) return 'no word from the debugger'
  if (state.is === 'running') return 'the server runs'
  return state.is === 'exited' ? `the server ended: ${state.why}` : `halted at ${words(state.at)}`
}

/** A place in short, as in `createHandler.func1 (create.go:182)`. */
export function words(place: Place): string {
  const name = withTypesElided(place.function)
  return `${name.slice(name.lastIndexOf('/') + 1)} (${place.file.slice(place.file.lastIndexOf('/') + 1)}:${place.line})`
}
