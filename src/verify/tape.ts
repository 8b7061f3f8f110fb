/** Collects what happens during a walk, step by step, untouched. */
import type { Happening } from './reader.ts'

/** A happening, `at` milliseconds after its step began. */
export type RawEvent = { at: number; happening: Happening }

export interface RawStep {
  id: string
  typed: string
  said: string
  events: RawEvent[]
}

export class Tape {
  readonly before: RawEvent[] = []
  readonly steps: RawStep[] = []
  #began = 0

  add(happening: Happening): void {
    const events = this.steps.at(-1)?.events ?? this.before
    // What came before the first step is timed from its own beginning: how long the sandbox took to start is no part of it.
    if (events === this.before && events.length === 0) this.#began = performance.now()
    events.push({ at: Math.round(performance.now() - this.#began), happening })
  }

  /** From now on all that happens belongs to this step. */
  begin(id: string, typed: string): void {
    this.#began = performance.now()
    this.steps.push({ id, typed, said: '', events: [] })
  }

  /** The plain text that came of the step. */
  said(text: string): void {
    const step = this.steps.at(-1)
    if (step) step.said = text
  }
}
