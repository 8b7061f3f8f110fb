/** The source pane: shows the file and line where the target stands, breakpoints as Delve told them, and takes clicks on line numbers. */
import type { Breakpoint, Place } from '../delve/state.ts'
import type { ChangedLine } from './changed-lines.ts'
import { element, required } from './element.ts'
import { bareFunction, baseName } from './paths.ts'
import { siteOf } from './site.ts'
import { SourceLines } from './source-lines.ts'
import { Links } from './source-page/links.ts'
import type { SourcePart } from './source-part.ts'

/**
 * Where the pane gets its text: `lines` of a file as plain text, `colours` of lines as HTML, later. Both reject when the file is not there.
 * `changed` are the lines that differ from the release.
 */
export interface SourceTexts {
  lines(file: string): Promise<readonly string[]>
  colours(file: string, from: number, count: number): Promise<readonly string[]>
  changed(file: string): Promise<readonly ChangedLine[]>
}

/** A click on a line number: the line, and the breakpoint on it, if there is one. */
export type LineClick = (file: string, line: number, breakpoint: Breakpoint | null) => void

export class SourcePane {
  readonly #root: HTMLElement
  readonly #code: HTMLElement
  readonly #texts: SourceTexts
  #shown: { file: string; lines: SourceLines; changed: readonly ChangedLine[] } | null = null
  #place: Place | null = null
  #breakpoints: readonly Breakpoint[] = []
  #asked = 0

  constructor(root: HTMLElement, texts: SourceTexts, onLine: LineClick) {
    this.#root = root
    this.#code = required(root, '.code')
    this.#texts = texts
    this.#code.addEventListener('click', ({ target }) => {
      const line = lineOf(target)
      if (line && this.#shown) onLine(this.#shown.file, line, this.#breakpointAt(line))
    })
    this.#code.addEventListener('keydown', (event) => this.#walkLines(event))
  }

  /** Shows `place`, loading its file if another is shown. Resolves when the line is in view; later calls win. */
  async show(place: Place): Promise<void> {
    this.#place = place
    if (isAssembly(place)) {
      this.#asleep(place)
      return
    }
    const asked = ++this.#asked
    if (this.#shown?.file !== place.file) {
      const [lines, changed] = await Promise.all([
        this.#texts.lines(place.file).catch((error: Error) => error),
        // Without the list the text is still worth reading.
        this.#texts.changed(place.file).catch(() => []),
      ])
      if (asked !== this.#asked) return
      if (lines instanceof Error) this.#showNothing(place, lines)
      else this.#open(place.file, lines, changed)
    }
    this.#code.querySelector('.no-source.beside')?.remove()
    this.#head(place)
    // The server may have been halted in its sleep while the file was on its way.
    if (this.#place && isAssembly(this.#place)) this.#asleep(this.#place)
    else this.#mark()
  }

  /** The marks that Delve says are set. */
  breakpoints(breakpoints: readonly Breakpoint[]): void {
    this.#breakpoints = breakpoints
    for (const item of this.#code.querySelectorAll<HTMLElement>('.ln')) this.#dress(item)
  }

  /** Says at a line why no breakpoint can be there, in Delve's own words. */
  refuse(file: string, line: number, why: string): void {
    if (this.#shown?.file !== file) return
    const item = this.#shown.lines.item(line)
    item?.querySelector('.refused')?.remove()
    item?.append(element('p', { class: 'refused', role: 'status' }, why))
  }

  /** The file that is shown; null before the first. */
  get file(): string | null {
    return this.#shown?.file ?? null
  }

  /** The text of a line of the shown file; empty when it is not there. */
  text(line: number): string {
    return this.#shown?.lines.made(line)?.querySelector('pre')?.textContent ?? ''
  }

  /** Writes short values at the end of the current line. */
  values(values: readonly { name: string; value: string }[]): void {
    for (const old of this.#code.querySelectorAll('.val')) old.remove()
    const item = this.#current()
    if (!item || values.length === 0) return
    const spans = values.flatMap(({ name, value }, at) => [`${at ? '  ' : ''}${name} = `, element('b', {}, value)])
    item.querySelector('pre')?.after(element('span', { class: 'val' }, ...spans))
  }

  #open(file: string, text: readonly string[], changed: readonly ChangedLine[]): void {
    this.#shown?.lines.close()
    const lines = new SourceLines(text, this.#code, (part) => this.#filled(file, part))
    this.#shown = { file, lines, changed }
    this.#code.replaceChildren(lines.root)
  }

  #showNothing(place: Place, error: Error): void {
    this.#shown?.lines.close()
    this.#shown = null
    this.#code.replaceChildren(element('p', { class: 'no-source' }, `The text of ${place.file} is not here. ${error.message}`))
  }

  /** A server that waits stands in the runtime's assembly, where there is nothing to read: what was shown before stays, so that lines can be clicked. */
  #asleep({ function: name, file, line }: Place): void {
    this.#unmark()
    this.#code.querySelector('.no-source')?.remove()
    const words = `Halted while it waits for something to do, in ${name} (${baseName(file)}:${line}), which is assembly. No request is here.`
    this.#code.prepend(element('p', { class: 'no-source beside' }, words))
    this.#code.setAttribute('aria-label', words)
  }

  #filled(file: string, part: SourcePart): void {
    for (const item of part.list.children) this.#dress(item as HTMLElement)
    for (const change of this.#shown?.changed ?? []) flag(part.item(change.line), change)
    this.#texts.colours(file, part.first, part.list.children.length).then(
      (html) => part.colour(html),
      // Colours are an ornament: without them the text stays plain.
      () => {},
    )
  }

  #head({ file, line, function: name }: Place): void {
    const path = required(this.#root, '.path')
    const words = [file.slice(0, file.length - baseName(file).length), element('b', {}, baseName(file))]
    const { sources } = this.#root.closest<HTMLElement>('[data-sources]')?.dataset ?? {}
    const href = sources === undefined ? null : new Links(siteOf(sources)).line(file, line)
    path.replaceChildren(...(href ? [element('a', { href }, ...words)] : words))
    path.title = file
    required(this.#root, '.fn').textContent = bareFunction(name)
  }

  #unmark(): void {
    for (const old of this.#code.querySelectorAll('.refused, .val')) old.remove()
    for (const old of this.#code.querySelectorAll('.ln[aria-current]')) old.removeAttribute('aria-current')
  }

  #mark(): void {
    this.#unmark()
    const place = this.#place
    const item = place && this.#shown?.lines.item(place.line)
    if (!place || !item) return
    item.setAttribute('aria-current', 'true')
    this.#code.setAttribute('aria-label', `${baseName(place.file)}, halted at line ${place.line}`)
    this.#reach(item)
    this.#into(item)
  }

  /** Scrolls the line to the upper third, unless it is well in view already. */
  #into(item: HTMLElement): void {
    const code = this.#code.getBoundingClientRect()
    if (code.height === 0) return
    const line = item.getBoundingClientRect()
    const comfortable = line.top > code.top + 40 && line.bottom < code.bottom - 60
    if (!comfortable) this.#code.scrollTop += line.top - code.top - code.height / 3
  }

  /** Brings the current line into view again, after the pane was hidden or resized. */
  again(): void {
    const item = this.#current()
    if (item) this.#into(item)
  }

  /** The line where the target stands, if it is shown. */
  #current(): HTMLElement | null {
    const place = this.#place
    return place && place.file === this.#shown?.file ? this.#shown.lines.made(place.line) : null
  }

  #dress(item: HTMLElement): void {
    const line = Number(item.dataset.line)
    const breakpoint = this.#breakpointAt(line)
    const button = item.querySelector('.no')
    if (!button) return
    button.setAttribute('aria-pressed', String(breakpoint !== null))
    button.setAttribute('aria-label', breakpoint ? `Clear breakpoint ${breakpoint.name || breakpoint.id} at ${line}` : `Break at ${line}`)
    item.toggleAttribute('data-disabled', breakpoint?.disabled === true)
  }

  #breakpointAt(line: number): Breakpoint | null {
    const file = this.#shown?.file
    return this.#breakpoints.find((breakpoint) => breakpoint.places.some((place) => place.file === file && place.line === line)) ?? null
  }

  /** Only one line number is in the tab order; arrows go from one to the next. */
  #walkLines(event: KeyboardEvent): void {
    const line = lineOf(event.target)
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -20, PageDown: 20 }[event.key]
    if (!line || !step || !this.#shown) return
    const item = this.#shown.lines.item(Math.min(Math.max(1, line + step), this.#shown.lines.count))
    if (!item) return
    event.preventDefault()
    this.#reach(item)
    item.querySelector<HTMLElement>('.no')?.focus()
  }

  #reach(item: HTMLElement): void {
    for (const old of this.#code.querySelectorAll('.no[tabindex="0"]')) old.setAttribute('tabindex', '-1')
    item.querySelector('.no')?.setAttribute('tabindex', '0')
  }
}

/** Says at a line that it is not the release's. */
function flag(item: HTMLElement | null, { from, why }: ChangedLine): void {
  item?.classList.add('changed')
  item?.append(element('span', { class: 'flag note', title: why }, 'changed in this build, the release has ', element('code', {}, from)))
}

function isAssembly({ file }: Place): boolean {
  return file.endsWith('.s')
}

function lineOf(target: EventTarget | null): number | null {
  const item = target instanceof Element ? target.closest('.no')?.closest<HTMLElement>('.ln') : null
  return item ? Number(item.dataset.line) : null
}
