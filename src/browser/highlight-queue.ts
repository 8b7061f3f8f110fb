/** Colours files a stretch at a time, the latest first, so that a reader who has gone on does not wait for what is left behind. */
import { type GoHighlighter, startGo } from './highlight.ts'

/** What the page asks: colours for a whole file, or to forget one that is on its way. */
export type HighlightRequest = { type: 'file'; id: number; lines: readonly string[] } | { type: 'forget'; id: number }

/** HTML of the next lines of a file, in order from its first; an error ends it. */
export type HighlightAnswer = { id: number; html: readonly string[] } | { id: number; error: string }

/** Lines coloured between two looks at what else is asked: some 30 ms of work. */
const STRETCH = 200

interface Job {
  id: number
  lines: readonly string[]
  done: number
  highlighter: GoHighlighter
}

export class HighlightQueue {
  readonly #answer: (answer: HighlightAnswer) => void
  #jobs: Job[] = []
  #working = false

  constructor(answer: (answer: HighlightAnswer) => void) {
    this.#answer = answer
  }

  /** Takes a request; answers come later, a stretch at a time. */
  ask(request: HighlightRequest): void {
    if (request.type === 'forget') {
      this.#jobs = this.#jobs.filter((job) => job.id !== request.id)
      return
    }
    this.#jobs.unshift({ id: request.id, lines: request.lines, done: 0, highlighter: startGo() })
    if (!this.#working) void this.#work()
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let job = this.#jobs[0]; job; job = this.#jobs[0]) {
      this.#stretch(job)
      // Lets new requests in.
      await new Promise((resolve) => setTimeout(resolve))
    }
    this.#working = false
  }

  #stretch(job: Job): void {
    try {
      const html = job.highlighter.next(job.lines.slice(job.done, job.done + STRETCH))
      job.done += html.length
      this.#answer({ id: job.id, html })
      if (job.done >= job.lines.length) this.#end(job)
    } catch (error) {
      this.#answer({ id: job.id, error: String(error) })
      this.#end(job)
    }
  }

  #end(job: Job): void {
    this.#jobs = this.#jobs.filter((other) => other !== job)
  }
}
