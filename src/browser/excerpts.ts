/** Excerpts in the text follow the debugger as the source pane does: breakpoints, the halted line, and clicks on line numbers. */
import type { Breakpoint, DebuggerEvent } from '../delve/state.ts'
import type { DebuggerModel } from './debugger-model.ts'

/** A line of an excerpt, and the button of its number. */
interface ExcerptLine {
  file: string
  line: number
  button: HTMLElement
}

export class Excerpts {
  readonly #lines: readonly ExcerptLine[]
  #breakpoints: readonly Breakpoint[] = []

  /** `text` holds the chapter's excerpts. */
  constructor(text: ParentNode, model: DebuggerModel) {
    this.#lines = [...text.querySelectorAll<HTMLElement>('.excerpt .no')].map((button) => ({
      file: button.dataset.file ?? '',
      line: Number(button.dataset.line),
      button,
    }))
    model.listen((event) => this.#hear(event))
  }

  /** The line whose number `target` is, with the breakpoint on it; null when it is no number of an excerpt. */
  at(target: Element): { file: string; line: number; breakpoint: Breakpoint | null } | null {
    const found = this.#lines.find(({ button }) => button === target.closest('.no'))
    return found ? { file: found.file, line: found.line, breakpoint: this.#breakpointAt(found) } : null
  }

  #hear(event: DebuggerEvent): void {
    if (event.type === 'breakpoints') {
      this.#breakpoints = event.breakpoints
      for (const line of this.#lines) this.#dress(line)
    }
    if (event.type !== 'target') return
    const at = event.state.is === 'halted' ? event.state.at : null
    for (const { file, line, button } of this.#lines) {
      if (at?.file === file && at.line === line) button.parentElement?.setAttribute('aria-current', 'true')
      else button.parentElement?.removeAttribute('aria-current')
    }
  }

  #dress(line: ExcerptLine): void {
    const breakpoint = this.#breakpointAt(line)
    line.button.setAttribute('aria-pressed', String(breakpoint !== null))
    line.button.setAttribute(
      'aria-label',
      breakpoint ? `Clear breakpoint ${breakpoint.name || breakpoint.id} at ${line.line}` : `Break at ${line.line}`,
    )
  }

  #breakpointAt({ file, line }: ExcerptLine): Breakpoint | null {
    return this.#breakpoints.find(({ places }) => places.some((place) => place.file === file && place.line === line)) ?? null
  }
}
