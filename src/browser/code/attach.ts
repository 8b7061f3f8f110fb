/** Makes the identifiers of a file's lines answer: click or Enter opens everything, hovering shows the signature, F12 goes to the definition. */
import { isOn, placeAt, rangeOf } from './caret.ts'
import type { CodeIndex, Found } from './code-index.ts'
import { type Paint, wordsFor } from './contents.ts'
import { Hover } from './hover.ts'
import type { Identifier } from './identifiers.ts'
import { Floating } from './popover.ts'
import { relationsView } from './relations-view.ts'
import { nextIdentifier } from './roving.ts'
import { SymbolButton } from './symbol-button.ts'

export interface AttachOptions {
  /** The file that is shown, by its name in the debug information. */
  file: string
  index: CodeIndex
  /** The lines of the file. */
  textOf: (file: string) => Promise<readonly string[]>
  /** Paints signatures; without it they stay plain. */
  paint?: Paint
  /** Goes to an address; the page's own way when not given. */
  go?: (address: string) => void
}

/**
 * Attaches to `root`, which contains lines as the source pane makes them: `<li class="ln" data-line="12"><button class="no">…<pre>…`.
 * They may come, go and be coloured later. From a line's number the right arrow leads to its identifiers, Escape back.
 * Returns what detaches it again.
 */
export function attachCode(root: HTMLElement, { file, index, textOf, paint, go = (address) => location.assign(address) }: AttachOptions): () => void {
  const detached = new AbortController()
  const button = new SymbolButton()
  const dialog = new Floating('dialog', closed)
  const hover = new Hover(root, { find, words: describedBriefly, range })
  const on = <Name extends keyof HTMLElementEventMap>(
    target: EventTarget,
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    capture = false,
  ) => target.addEventListener(name, listener as EventListener, { signal: detached.signal, capture })

  async function find(line: number, column: number): Promise<Found | null> {
    return await index.at(file, line, column)
  }

  function range({ line, column, name }: Identifier): Range | null {
    const item = root.querySelector<HTMLElement>(`.ln[data-line="${line}"]`)
    return item && rangeOf(item, column, name.length)
  }

  async function describedBriefly(found: Found): Promise<Node[]> {
    return await wordsFor(index, file, found, await lineTexts(), true, paint)
  }

  async function lineTexts(): Promise<(line: number) => string> {
    const lines = await textOf(file)
    return (line) => lines[line - 1] ?? ''
  }

  /** Opens the dialog at an identifier; `byKeyboard` moves the focus into it. */
  function open(identifier: Identifier, found: Promise<Found | null>, byKeyboard: boolean): void {
    hover.hide()
    const anchor = button.put(root, identifier)
    if (!anchor) return
    anchor.setAttribute('aria-expanded', 'true')
    const shown = dialog.show(() => anchor.getBoundingClientRect(), identifier.name, contents(found))
    if (byKeyboard) {
      dialog.element.focus()
      shown.then(() => dialog.element.querySelector<HTMLElement>('a, button, [tabindex="0"]')?.focus())
    }
  }

  async function contents(asked: Promise<Found | null>): Promise<Node[]> {
    const found = await asked
    if (!found) throw new Error('Nothing is known of this name.')
    const [words, relations] = await Promise.all([
      wordsFor(index, file, found, await lineTexts(), false, paint),
      found.is === 'symbol' ? relationsView(index, found.symbol) : [],
    ])
    return [...words, ...relations]
  }

  function closed(): void {
    button.element?.setAttribute('aria-expanded', 'false')
    // With the keyboard on it, it stays a button: the focus goes back there.
    if (button.element && !button.element.matches(':focus') && !dialog.element.contains(document.activeElement)) button.remove()
  }

  async function toDefinition(identifier: Identifier): Promise<void> {
    const asked = find(identifier.line, identifier.column)
    const found = await asked.catch(() => null)
    const place = found && index.definition(file, found)
    // What has no definition here, or no answer, is explained.
    if (place) go(index.address(place.file, place.line))
    else open(identifier, asked, true)
  }

  /** Puts the keyboard on an identifier. */
  function reach(identifier: Identifier | null): void {
    if (!identifier) return
    const target = button.put(root, identifier)
    target?.focus()
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  on(root, 'click', async (event) => {
    const place = placeAt(root, event.clientX, event.clientY)
    // A click that ends a selection of text is not meant for us; nor is one by the keyboard, which has no place.
    if (event.defaultPrevented || event.detail === 0 || !place || getSelection()?.isCollapsed === false) return
    const asked = find(place.line, place.column)
    const found = await asked.catch(() => undefined)
    if (found === null) return
    const identifier = found?.identifier ?? { line: place.line, ...wordAt(place.item, place.column) }
    const stands = range(identifier)
    if (identifier.name === '' || !stands || !isOn(stands, event.clientX, event.clientY)) return
    if (event.ctrlKey || event.metaKey) await toDefinition(identifier)
    else open(identifier, asked, false)
  })

  on(root, 'keydown', async (event) => {
    const target = event.target as HTMLElement
    const line = Number(target.closest<HTMLElement>('.ln')?.dataset.line)
    if (!line || event.altKey || event.ctrlKey || event.metaKey) return
    const current = target === button.element ? button.identifier : null
    if (current && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      open(current, find(current.line, current.column), true)
    } else if (event.key === 'F12') {
      const meant = current ?? hover.identifier
      if (!meant) return
      event.preventDefault()
      await toDefinition(meant)
    } else if (current && event.key === 'Escape') {
      target.closest('.ln')?.querySelector<HTMLElement>('.no')?.focus()
      button.remove()
    } else if (current ? /^(?:Arrow|Home$|End$)/.test(event.key) : event.key === 'ArrowRight' && target.matches('.no')) {
      event.preventDefault()
      reach(nextIdentifier(await index.identifiers(file).catch(() => []), current ?? { line, column: -1, name: '' }, event.key))
    }
  })
  // The pointer is on an identifier, and the focus anywhere in the page.
  on(document.documentElement, 'keydown', (event) => {
    if (event.key !== 'F12' || event.defaultPrevented || root.contains(event.target as Node) || !hover.identifier) return
    event.preventDefault()
    void toDefinition(hover.identifier)
  })
  on(dialog.element, 'click', ({ target }) => {
    if ((target as Element).closest('a')) dialog.hide()
  })
  on(document.documentElement, 'scroll', () => dialog.place(), true)

  return () => {
    detached.abort()
    hover.remove()
    dialog.remove()
    button.remove()
  }
}

/** The word at a column, by which a name is explained when the index has no answer. */
function wordAt(item: HTMLElement, column: number): { column: number; name: string } {
  for (const { 0: name, index } of (item.querySelector('pre')?.textContent ?? '').matchAll(/[\p{L}_][\p{L}\p{Nd}_]*/gu)) {
    if (index <= column && column <= index + name.length) return { column: index, name }
  }
  return { column, name: '' }
}
