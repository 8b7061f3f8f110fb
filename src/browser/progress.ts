/** What a reader has done in a chapter's session, kept over a reload and shared by tabs. */
import { store } from './remembered-session.ts'
import type { StepState } from './step-view.ts'

const WALKS = 'follow-the-request/walk/'

/** What is kept of a walk. */
interface Kept {
  title: string
  states: [string, StepState][]
}

/** Kept for one session: a new one begins with nothing done. */
export class Progress {
  readonly #key: string
  readonly #title: string
  #states = new Map<string, StepState>()

  /** `name` is the walk's, `chapter/walk`; `title` is for readers. */
  constructor(name: string, title: string) {
    this.#key = `${WALKS}${name}`
    this.#title = title
    this.#read()
  }

  get states(): ReadonlyMap<string, StepState> {
    return this.#states
  }

  set(step: string, state: StepState): void {
    this.#states.set(step, state)
    // What is running now is not running after a reload.
    const lasting = [...this.#states].filter(([, one]) => one.is === 'kept' || one.is === 'differs')
    store(this.#key, JSON.stringify({ title: this.#title, states: lasting } satisfies Kept))
  }

  drop(step: string): void {
    this.#states.delete(step)
  }

  clear(): void {
    this.#states.clear()
    store(this.#key, null)
  }

  /** Titles of the other walks of which something was done in this session, on whatever page. */
  others(): string[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(WALKS) && key !== this.#key)
      .flatMap((key) => {
        const { title, states } = kept(key)
        return states.length > 0 ? [title] : []
      })
  }

  /** Calls `listener` when another tab has done a step. */
  watch(listener: () => void): void {
    window.addEventListener('storage', ({ key }) => {
      if (key !== this.#key) return
      this.#read()
      listener()
    })
  }

  #read(): void {
    this.#states = new Map(kept(this.#key).states)
  }
}

/** Forgets what was done in every walk of the book: the sandbox is a new one. */
export function forgetWalks(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(WALKS)) store(key, null)
}

function kept(key: string): Kept {
  return JSON.parse(localStorage.getItem(key) ?? '{"title":"","states":[]}') as Kept
}
