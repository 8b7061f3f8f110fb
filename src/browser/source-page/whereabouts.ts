/** Which function is read: the one some lines below the sticky heading. The browser tells when one begins or ends there; nothing asks while scrolling. */
import { element } from '../element.ts'
import type { Part } from './file-text.ts'
import type { Declarations, Declared } from './functions.ts'

export class Whereabouts {
  /** Holds an invisible element as long as each outer function and type of the parts near the window. */
  readonly root = element('div', { class: 'bands', 'aria-hidden': 'true' })
  readonly #declared: Declarations
  readonly #onChange: (now: Declared | null) => void
  readonly #spans = new Map<Declared, HTMLElement>()
  readonly #of = new WeakMap<Element, Declared>()
  readonly #under = new Set<Declared>()
  #observer: IntersectionObserver | null = null
  #now: Declared | null | undefined

  /** `onChange` is called with what the line that is read belongs to, first when the first part is near. */
  constructor(declared: Declarations, onChange: (now: Declared | null) => void) {
    this.#declared = declared
    this.#onChange = onChange
    // The strip that is watched is given by its distance from both edges of the window.
    addEventListener('resize', () => this.#watch())
    this.#watch()
  }

  get now(): Declared | null {
    return this.#now ?? null
  }

  /** Follows what stands in a part. */
  show({ first, count }: Part): void {
    for (const one of this.#declared.outer) {
      if (one.to < first || this.#spans.has(one)) continue
      // Nor is anything after it in the part: no comment begins above the declaration before its own.
      if (one.head >= first + count) break
      const span = element('i', { class: 'span-of' })
      span.style.insetBlockStart = `calc(${one.head - 1} * var(--line))`
      span.style.blockSize = `calc(${one.to - one.head + 1} * var(--line))`
      this.#spans.set(one, span)
      this.#of.set(span, one)
      this.root.append(span)
      this.#observer?.observe(span)
    }
  }

  /** Follows no more what stands in a part only. */
  hide({ first, count }: Part): void {
    for (const [one, span] of this.#spans) {
      if (one.head < first || one.to >= first + count) continue
      this.#observer?.unobserve(span)
      span.remove()
      this.#spans.delete(one)
      this.#under.delete(one)
    }
  }

  /** Says where the reader is now, who was just taken there: the browser tells only after the next frame. */
  reach(line: number): void {
    this.#become(this.#declared.outerAt(line))
  }

  #watch(): void {
    this.#observer?.disconnect()
    this.#under.clear()
    const top = BAR + HEADING + READ
    const observer = new IntersectionObserver((entries) => this.#hear(entries), { rootMargin: `-${top}px 0px ${top + 1 - innerHeight}px 0px` })
    this.#observer = observer
    for (const span of this.#spans.values()) observer.observe(span)
  }

  #hear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const one = this.#of.get(target)
      if (one && isIntersecting) this.#under.add(one)
      else if (one) this.#under.delete(one)
    }
    const now = [...this.#under].sort((a, b) => b.from - a.from)[0] ?? null
    this.#become(now)
  }

  #become(now: Declared | null): void {
    if (now === this.#now) return
    this.#now = now
    this.#onChange(now)
  }
}

/** Height of the bar, as the style sheet has it: asked of the browser it would cost a pass over all styles while the page is loaded. */
const BAR = 48
/** Height of the sticky heading, and how far below it one reads: a line that an address names is scrolled to there (CSS pixels). */
const HEADING = 40
export const READ = 90
