/** What a reader has done in a chapter's session, kept over a reload and shared by tabs. */
import type { StepState } from './step-view.ts'

/** Kept for one session: a new one begins with nothing done. */
export class Progress {
  readonly #key: string
  #states = new Map<string, StepState>()

  /** `chapter` is the chapter's id; `walk` the walk's. */
  constructor(chapter: string, walk: string) {
    this.#key = `follow-the-request/${chapter}/${walk}`
    this.#read()
  }

  get states(): ReadonlyMap<string, StepState> {
    return this.#states
  }

  set(step: string, state: StepState): void {
    this.#states.set(step, state)
    // What is running now is not running after a reload.
    const lasting = [...this.#states].filter(([, one]) => one.is === 'kept' || one.is === 'differs')
    store(this.#key, JSON.stringify(lasting))
  }

  drop(step: string): void {
    this.#states.delete(step)
  }

  clear(): void {
    this.#states.clear()
    store(this.#key, null)
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
    this.#states = new Map(JSON.parse(localStorage.getItem(this.#key) ?? '[]') as [string, StepState][])
  }
}

const SESSION = 'follow-the-request/session'

/** Whether this browser had a session that may still be there. */
export function mayHaveSession(): boolean {
  return localStorage.getItem(SESSION) !== null
}

export function rememberSession(on: boolean): void {
  store(SESSION, on ? 'yes' : null)
}

/** Storage may be full or forbidden: then nothing is remembered, and all else works. */
function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
