/** The call stack: frames as Delve gave them; a click asks for a frame. */
import type { Place } from '../delve/state.ts'
import type { StackEvent } from './debugger-model.ts'
import { element } from './element.ts'
import { baseName, shortFunction } from './paths.ts'
import { siteOf } from './site.ts'
import { Links } from './source-page/links.ts'

/** Frames shown before the reader asks for all of them. */
const FIRST = 12

export class StackView {
  readonly #list: HTMLElement
  readonly #summary: HTMLElement
  readonly #onFrame: (frame: number) => void
  #frames: readonly Place[] = []
  #more = false
  #whole = false
  #current = 0

  constructor(parts: { list: HTMLElement; summary: HTMLElement }, onFrame: (frame: number) => void) {
    this.#list = parts.list
    this.#summary = parts.summary
    this.#onFrame = onFrame
  }

  show({ goroutine, frames, more }: StackEvent): void {
    this.#frames = frames
    this.#more = more
    this.#whole = false
    this.#summary.textContent = `goroutine ${goroutine}, ${frames.length}${more ? ' and more' : ''} ${frames.length === 1 && !more ? 'frame' : 'frames'}`
    this.#lay()
  }

  /** Marks the frame that the reader's debugger has chosen, and lays out as many as it takes to see it. */
  choose(frame: number): void {
    this.#current = frame
    if (frame < this.#frames.length && !this.#list.querySelector(`[data-frame="${frame}"]`)) this.#lay()
    else this.#mark()
  }

  #mark(): void {
    const frame = this.#current
    for (const item of this.#list.querySelectorAll<HTMLElement>('[data-frame]')) {
      if (Number(item.dataset.frame) === frame) item.setAttribute('aria-current', 'true')
      else item.removeAttribute('aria-current')
    }
  }

  clear(): void {
    this.#frames = []
    this.#current = 0
    this.#summary.textContent = ''
    this.#list.replaceChildren()
  }

  #lay(): void {
    const shown = this.#whole ? this.#frames.length : Math.max(FIRST, this.#current + 1)
    const rows = this.#frames.slice(0, shown).map((place, frame) => element('li', {}, this.#row(place, frame), ...this.#page(place)))
    const left = this.#frames.length - rows.length
    if (left > 0) rows.push(element('li', {}, this.#rest(rows.length, left)))
    else if (this.#more) rows.push(element('li', { class: 'more' }, 'and more'))
    this.#list.replaceChildren(...rows)
    this.#mark()
  }

  #row(place: Place, frame: number): HTMLElement {
    const button = element(
      'button',
      { type: 'button', class: 'frame', 'data-frame': String(frame), title: `${place.function}\n${place.file}:${place.line}` },
      element('span', { class: 'd' }, String(frame)),
      element('span', { class: 'in' }, ...breakable(shortFunction(place.function))),
      element('span', { class: 'at' }, `${baseName(place.file)}:${place.line}`),
    )
    button.addEventListener('click', () => this.#onFrame(frame))
    return button
  }

  /** The way to the source page of a frame, where its file has one. */
  #page({ file, line }: Place): HTMLElement[] {
    const { sources } = this.#list.closest<HTMLElement>('[data-sources]')?.dataset ?? {}
    const href = sources === undefined ? null : new Links(siteOf(sources)).line(file, line)
    return href
      ? [element('a', { class: 'page', href, 'aria-label': `Read the file ${baseName(file)} at line ${line}`, title: 'Read the whole file' }, 'file')]
      : []
  }

  #rest(shown: number, left: number): HTMLElement {
    const last = this.#frames.at(-1)
    const button = element('button', { type: 'button', class: 'more' }, `${left} more, to ${shortFunction(last?.function ?? '')}`)
    button.addEventListener('click', () => {
      this.#whole = true
      this.#lay()
      this.#list.querySelector<HTMLElement>(`[data-frame="${shown}"]`)?.focus()
    })
    return button
  }
}

/** A name that may be broken behind its dots. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=\.)/).flatMap((part) => [part, element('wbr')])
}
