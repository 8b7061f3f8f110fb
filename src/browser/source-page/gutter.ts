/** Line numbers beside the text: buttons, made for the parts near the window only, since a file may have 74,000 lines. */
import { element } from '../element.ts'
import type { FileText, Part } from './file-text.ts'

/** What is special about a line, and what pressing its number does. */
export interface LineLook {
  /** Class names of its number. */
  classes: readonly string[]
  label: string
  pressed: boolean | null
}

export interface GutterOptions {
  text: FileText
  /** How a line looks now. */
  look: (line: number) => LineLook
  /** A reader pressed a number; `selecting` when a key was held that asks for the line rather than a stop there. */
  press: (line: number, how: { selecting: boolean; range: boolean }) => void
}

const NUMBER = element('button', { type: 'button', class: 'no', tabindex: '-1' })

export class Gutter {
  readonly root = element('div', { class: 'gutter' })
  readonly #options: GutterOptions
  readonly #groups = new Map<Part, HTMLElement>()
  /** The line whose number is in the tab order. */
  #reached = 1

  constructor(options: GutterOptions) {
    this.#options = options
    this.root.addEventListener('click', (event) => this.#click(event))
    this.root.addEventListener('keydown', (event) => this.#walk(event))
  }

  show(part: Part): void {
    if (this.#groups.has(part)) return
    const numbers = Array.from({ length: part.count }, (_, at) => this.#button(part.first + at))
    const group = element('div', { class: 'nos', role: 'group', 'aria-label': `Lines ${part.first} to ${part.first + part.count - 1}` }, ...numbers)
    group.style.insetBlockStart = `calc(${part.first - 1} * var(--line))`
    this.#groups.set(part, group)
    // Groups stand in the order of their lines, so that a screen reader finds them so.
    const after = [...this.#groups].filter(([other]) => other.first > part.first).sort(([a], [b]) => a.first - b.first)[0]
    this.root.insertBefore(group, after?.[1] ?? null)
  }

  hide(part: Part): void {
    const group = this.#groups.get(part)
    if (!group || group.contains(document.activeElement)) return
    group.remove()
    this.#groups.delete(part)
  }

  /** Lets lines look as they are now; all that are there when none are named. */
  dress(lines?: Iterable<number>): void {
    if (!lines) for (const group of this.#groups.values()) for (const button of group.children) this.#dress(button as HTMLElement)
    else
      for (const line of lines) {
        const button = this.number(line)
        if (button) this.#dress(button)
      }
  }

  /** The number of a line, if it is there. */
  number(line: number): HTMLElement | null {
    const part = this.#options.text.partOf(line)
    const group = part && this.#groups.get(part)
    return group ? ((group.children[line - part.first] as HTMLElement | undefined) ?? null) : null
  }

  /** Makes the number of a line and puts it into the tab order. */
  reach(line: number): HTMLElement | null {
    const part = this.#options.text.partOf(line)
    if (!part) return null
    this.show(part)
    this.number(this.#reached)?.setAttribute('tabindex', '-1')
    this.#reached = line
    const button = this.number(line)
    button?.setAttribute('tabindex', '0')
    return button
  }

  #button(line: number): HTMLElement {
    // Copied, since a hundred are made in one frame.
    const button = NUMBER.cloneNode() as HTMLElement
    button.textContent = String(line)
    if (line === this.#reached) button.setAttribute('tabindex', '0')
    this.#dress(button)
    return button
  }

  #dress(button: HTMLElement): void {
    const { classes, label, pressed } = this.#options.look(Number(button.textContent))
    if (classes.length > 0 || button.className !== 'no') button.className = ['no', ...classes].join(' ')
    button.setAttribute('aria-label', label)
    if (pressed === null) button.removeAttribute('aria-pressed')
    else button.setAttribute('aria-pressed', String(pressed))
  }

  #click(event: MouseEvent): void {
    const line = lineOf(event.target)
    if (line === null) return
    this.reach(line)
    this.#options.press(line, { selecting: event.shiftKey || event.altKey, range: event.shiftKey })
  }

  #walk(event: KeyboardEvent): void {
    const line = lineOf(event.target)
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -20, PageDown: 20 }[event.key]
    if (line === null || step === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.reach(Math.min(Math.max(1, line + step), this.#options.text.count))?.focus()
  }
}

/** The line whose number `target` is, or is in; null when it is something else. */
export function lineOf(target: EventTarget | null): number | null {
  const button = target instanceof Element ? target.closest('.no') : null
  return button ? Number(button.textContent) : null
}
