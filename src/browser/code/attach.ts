/** Makes the names of a file's lines answer: click or Enter opens everything, hovering shows the signature, F12 and Ctrl-click go to the definition. */
import { isOn, placeAt } from './caret.ts'
import { CodeDialog } from './code-dialog.ts'
import type { Found } from './code-index.ts'
import { Hover } from './hover.ts'
import type { Identifier } from './identifiers.ts'
import type { CodeLines, Place } from './lines.ts'
import { nextIdentifier } from './roving.ts'
import { Shown, type ShownOptions } from './shown.ts'

export interface AttachOptions extends ShownOptions {
  /** Goes to an address; the page's own way when not given. */
  go?: (address: string) => void
  /** A click on the lines that came before this was attached: it is answered now. */
  early?: MouseEvent | null
}

/** Attaches to the lines of a file. From a line's number the right arrow leads to its names, Escape back. Returns what detaches it again. */
export function attachCode(lines: CodeLines, options: AttachOptions): () => void {
  const { go = (address) => location.assign(address) } = options
  const navigation = new Navigation(new Shown(lines, options), go)
  // Not sent through the document once more: numbers and links have answered it already.
  if (options.early) void navigation.click(options.early)
  return () => navigation.detach()
}

class Navigation {
  readonly #shown: Shown
  readonly #go: (address: string) => void
  readonly #dialog: CodeDialog
  readonly #hover: Hover
  readonly #detached = new AbortController()

  constructor(shown: Shown, go: (address: string) => void) {
    this.#shown = shown
    this.#go = go
    this.#dialog = new CodeDialog(shown)
    this.#hover = new Hover(shown)
    const { signal } = this.#detached
    const { root } = shown.lines
    root.addEventListener('click', (event) => void this.click(event), { signal })
    root.addEventListener('keydown', (event) => void this.#key(event), { signal })
    // The pointer is on a name, and the focus anywhere in the page.
    document.addEventListener('keydown', (event) => void this.#toHovered(event), { signal })
  }

  detach(): void {
    this.#detached.abort()
    this.#hover.remove()
    this.#dialog.remove()
  }

  async click(event: MouseEvent): Promise<void> {
    const { clientX: x, clientY: y, detail, ctrlKey, metaKey } = event
    const place = placeAt(this.#shown.lines, x, y)
    // A click that ends a selection of text is not meant for us; nor is one by the keyboard, which has no place.
    if (event.defaultPrevented || detail === 0 || !place || getSelection()?.isCollapsed === false) return
    const asked = this.#shown.find(place.line, place.column)
    const found = await asked.catch(() => undefined)
    if (found === null) return
    // Without an answer the word itself is taken, so that the reader is told why there is none.
    const identifier = found?.identifier ?? wordAt(this.#shown.lines.line(place.line), place)
    const range = identifier && this.#shown.range(identifier)
    if (!range || !isOn(range, x, y)) return
    if (ctrlKey || metaKey) await this.#toDefinition(identifier, asked)
    else await this.#open(identifier, asked, false)
  }

  async #key(event: KeyboardEvent): Promise<void> {
    const { key, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey) return
    const { lines } = this.#shown
    const current = this.#dialog.identifierOf(event.target)
    if (!current) {
      const line = lines.numberedBy(event.target)
      if (key !== 'ArrowRight' || line === null) return
      event.preventDefault()
      await this.#reach({ name: '', line, column: -1 }, key)
    } else if (key === 'Enter' || key === ' ') {
      event.preventDefault()
      await this.#open(current, this.#shown.find(current.line, current.column), true)
    } else if (key === 'F12') {
      event.preventDefault()
      await this.#toDefinition(current, this.#shown.find(current.line, current.column))
    } else if (key === 'Escape') {
      lines.number(current.line)?.focus()
      this.#dialog.leave()
    } else if (/^(?:Arrow(?:Left|Right|Up|Down)|Home|End)$/.test(key)) {
      event.preventDefault()
      await this.#reach(current, key)
    }
  }

  async #toHovered(event: KeyboardEvent): Promise<void> {
    const { identifier } = this.#hover
    if (event.key !== 'F12' || event.defaultPrevented || !identifier) return
    event.preventDefault()
    await this.#toDefinition(identifier, this.#shown.find(identifier.line, identifier.column))
  }

  /** Puts the keyboard on the name that a key leads to. */
  async #reach(from: Identifier, key: string): Promise<void> {
    const identifiers = await this.#shown.index.identifiers(this.#shown.file).catch(() => [])
    const next = nextIdentifier(identifiers, from, key)
    if (next) this.#dialog.reach(next)
  }

  async #open(identifier: Identifier, asked: Promise<Found | null>, byKeyboard: boolean): Promise<void> {
    this.#hover.hide()
    await this.#dialog.open(identifier, asked, byKeyboard)
  }

  async #toDefinition(identifier: Identifier, asked: Promise<Found | null>): Promise<void> {
    const found = await asked.catch(() => null)
    const place = found && this.#shown.index.definition(this.#shown.file, found)
    // What has no definition here, or no answer, is explained.
    if (place) this.#go(this.#shown.index.address(place.file, place.line))
    else await this.#open(identifier, asked, true)
  }
}

/** The word at a place of a line. */
function wordAt(text: string, { line, column }: Place): Identifier | null {
  for (const { 0: name, index } of text.matchAll(/[\p{L}_][\p{L}\p{Nd}_]*/gu)) {
    if (index <= column && column <= index + name.length) return { name, line, column: index }
  }
  return null
}
