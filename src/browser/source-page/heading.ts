/** The sticky heading over the text: which function one is in, and what can be done with it. */
import { element } from '../element.ts'
import { copy } from './copying.ts'
import type { Declared } from './functions.ts'

export interface HeadingOptions {
  /** What it says between functions. */
  file: string
  /** Opens the outline, where that is a sheet. */
  onOutline: () => void
  /** The address to copy, whole. */
  permalink: () => string
  /** What a click on its first button does; null hides it. */
  onStop: ((of: Declared, button: HTMLElement) => void) | null
  /** The words on that button. */
  stopWords: string
}

export class Heading {
  readonly #words = element('span', { class: 'words-of' })
  readonly #stop: HTMLButtonElement
  readonly #notice = element('div', { class: 'notice', role: 'status', hidden: true })
  readonly #options: HeadingOptions
  #now: Declared | null = null

  constructor(root: HTMLElement, options: HeadingOptions) {
    this.#options = options
    const outline = element('button', { type: 'button', class: 'btn words menu' }, 'Outline')
    outline.addEventListener('click', options.onOutline)
    this.#stop = element('button', { type: 'button', class: 'btn words stop copies away' }, options.stopWords)
    this.#stop.addEventListener('click', () => this.#now && this.#options.onStop?.(this.#now, this.#stop))
    const link = element('button', { type: 'button', class: 'btn words permalink' }, 'Copy permalink')
    link.addEventListener('click', () => void copy(options.permalink(), link, 'Permalink'))
    root.append(outline, this.#words, element('span', { class: 'acts' }, this.#stop, link), this.#notice)
    this.show(null)
  }

  /** Says where the reader is. */
  show(now: Declared | null): void {
    this.#now = now
    const name = now ? (now.kind === 'func' ? now.name : `type ${now.name}`) : this.#options.file
    const lines = now ? (now.from === now.to ? `line ${now.from}` : `lines ${now.from}–${now.to}`) : ''
    // New elements, since those that are moved would count as a shift of the layout.
    this.#words.replaceChildren(element('b', { title: name }, name), element('span', { class: 'num' }, lines))
    // It keeps its room for the same reason.
    this.#stop.classList.toggle('away', now?.kind !== 'func' || this.#options.onStop === null)
    if (this.#stop.textContent !== 'Copied') this.#stop.textContent = this.#options.stopWords
  }

  /** The button says something else from now on, for example once a session is there. */
  stopWith(words: string, onStop: HeadingOptions['onStop']): void {
    this.#options.stopWords = words
    this.#options.onStop = onStop
    delete this.#stop.dataset.words
    this.#stop.textContent = words
    this.#stop.classList.remove('copies')
    this.show(this.#now)
  }

  /** Says something about the address that led here, until it is closed; it lies over the first lines. */
  notice(...words: (Node | string)[]): void {
    const close = element('button', { type: 'button', class: 'btn words' }, 'Close')
    close.addEventListener('click', () => {
      this.#notice.hidden = true
    })
    this.#notice.replaceChildren(element('p', {}, ...words), close)
    this.#notice.hidden = false
  }
}
