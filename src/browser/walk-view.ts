/** A walk's steps in the text, and how many of them are done. */
import type { ChapterWalk } from './chapter-data.ts'
import { required } from './element.ts'
import { type StepState, StepView } from './step-view.ts'

export class WalkView {
  readonly walk: ChapterWalk
  readonly #root: HTMLElement
  readonly #steps: readonly StepView[]

  constructor(root: HTMLElement, walk: ChapterWalk) {
    this.#root = root
    this.walk = walk
    this.#steps = [...root.querySelectorAll<HTMLElement>('.step')].map((step) => new StepView(step))
  }

  /** Shows how each step stands; a step that has no state is ahead, and the first of these is next. */
  show(states: ReadonlyMap<string, StepState>): void {
    const next = this.#steps.find(({ id }) => (states.get(id)?.is ?? 'asks') === 'asks')
    for (const step of this.#steps) step.show(states.get(step.id) ?? { is: step === next ? 'next' : 'ahead' })
    const done = this.#steps.filter(({ id }) => states.get(id)?.is === 'kept').length
    const at = next ? this.#steps.indexOf(next) + 1 : 0
    const steps = this.#steps.length
    required(this.#root, '.sum').textContent = done === 0 ? `${steps} steps` : `${done} of ${steps} steps${at ? ` · next: step ${at}` : ''}`
    const again = this.#root.querySelector<HTMLElement>('.start-over')
    if (again) again.hidden = states.size === 0
  }

  /** Scrolls a step into view if it is out of it. */
  reveal(id: string): void {
    const step = this.#steps.find((one) => one.id === id)
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches
    step?.root.scrollIntoView({ block: 'nearest', behavior: smooth ? 'smooth' : 'instant' })
  }
}
