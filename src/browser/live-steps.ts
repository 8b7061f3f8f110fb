/** The steps of a page run live, one after the other, and how they stand. */
import type { Obstacle } from './before-step.ts'
import type { LiveMode } from './live-mode.ts'
import type { PageStep, PageWalk } from './page-walks.ts'
import { baseName } from './paths.ts'
import { forgetWalks } from './progress.ts'
import type { StepState } from './step-view.ts'
import { type Running, runStep } from './walk-runner.ts'

export class LiveSteps {
  readonly #walks: readonly PageWalk[]
  readonly #live: LiveMode
  readonly #page: Running
  #wait: AbortController | null = null
  #last: PageStep | null = null
  #asks: { of: PageWalk; id: string; state: StepState } | null = null
  #work: Promise<void> = Promise.resolve()

  constructor(walks: readonly PageWalk[], live: LiveMode, page: Running) {
    this.#walks = walks
    this.#live = live
    this.#page = page
  }

  /** Runs one step after whatever runs now. Resolves with whether all its promises were kept. */
  run(step: PageStep): Promise<boolean> {
    const ran = this.#work.then(() => this.#run(step))
    this.#work = ran.then(
      () => {},
      () => {},
    )
    return ran
  }

  /** Runs every step before `to` that has not been kept, then `to`; stops at the first that differs. */
  async runTo(to: PageStep): Promise<void> {
    for (const [at, step] of to.of.walk.steps.entries()) {
      if (at > to.at) return
      if (at < to.at && to.of.progress.states.get(step.id)?.is === 'kept') continue
      if (!(await this.run({ of: to.of, step, at }))) return
    }
  }

  /** Stops typing and waiting. */
  stop(): void {
    this.#wait?.abort()
  }

  /** A new sandbox: nothing has been done in it. */
  clear(): void {
    this.stop()
    this.#last = null
    this.#asks = null
    for (const { progress } of this.#walks) progress.clear()
    forgetWalks()
    this.show()
  }

  /** The last step that was done, of any walk; null when none was. */
  get last(): PageStep | null {
    return this.#last ?? this.#walks.map((of) => lastDone(of)).findLast((step) => step !== null) ?? null
  }

  /** Asks, at a step, what is to be done; the answer is a click on one of the buttons. */
  ask({ of, step }: PageStep, { words, help, allTheSame }: Obstacle): void {
    this.#asks = { of, id: step.id, state: { is: 'asks', words, help, allTheSame } }
    this.show()
  }

  /** Takes a question back. */
  askNothing(): void {
    this.#asks = null
    this.show()
  }

  show(): void {
    for (const of of this.#walks) {
      const states = this.#withHalt(of.progress.states)
      if (this.#asks?.of === of) states.set(this.#asks.id, this.#asks.state)
      of.view.show(states)
    }
  }

  async #run(run: PageStep): Promise<boolean> {
    const { of, step } = run
    this.#asks = null
    const wait = new AbortController()
    this.#wait = wait
    const state = (now: StepState) => {
      of.progress.set(step.id, now)
      this.show()
    }
    const before = of.progress.states.get(step.id)
    state({ is: 'running', words: '' })
    try {
      const ran = await runStep(step, this.#page, wait.signal, (words) => state({ is: 'running', words }))
      if (ran.is === 'stopped') {
        if (before) state(before)
        else of.progress.drop(step.id)
        this.show()
        return false
      }
      this.#last = run
      const kept = ran.verdicts.every((verdict) => verdict.is === 'kept')
      const stop = step.promises.find((promise) => 'halts' in promise)
      const place = stop && this.#page.stops[stop.halts]
      // A step that was run again moves to the end: the newest halt is the one that is marked.
      of.progress.drop(step.id)
      state(
        kept
          ? { is: 'kept', seconds: ran.took / 1000, place: place ? `${baseName(place.file)}:${place.line}` : null }
          : { is: 'differs', verdicts: ran.verdicts },
      )
      return kept
    } finally {
      this.#wait = null
    }
  }

  /** Only the newest halt is marked, and only while the target stands there. */
  #withHalt(states: ReadonlyMap<string, StepState>): Map<string, StepState> {
    const halted = this.#live.target?.is === 'halted'
    const newest = [...states].findLast(([, state]) => state.is === 'kept' && state.place !== null)?.[0]
    return new Map([...states].map(([id, state]) => [id, state.is === 'kept' && !(halted && id === newest) ? { ...state, place: null } : state]))
  }
}

/** The last step of a walk that was done in this session; null when none was. */
function lastDone(of: PageWalk): PageStep | null {
  const id = [...of.progress.states].findLast(([, state]) => state.is !== 'running')?.[0]
  const at = of.walk.steps.findIndex((step) => step.id === id)
  const step = of.walk.steps[at]
  return step ? { of, step, at } : null
}
