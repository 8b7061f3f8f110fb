/** The parts of a source page, in step with each other. */
import { moduleFile, STANDARD_LIBRARY } from '../../source/address.ts'
import type { SourcePageData } from '../../source/page/data.ts'
import { element, required } from '../element.ts'
import { baseName } from '../paths.ts'
import { About } from './about.ts'
import { Colours } from './colours.ts'
import { copy } from './copying.ts'
import { FileText, type Part } from './file-text.ts'
import { Declarations, type Declared } from './functions.ts'
import { Gutter, type LineLook } from './gutter.ts'
import { Heading } from './heading.ts'
import { latestWhenIdle } from './idle.ts'
import { LineNotes } from './line-notes.ts'
import { Links } from './links.ts'
import { watchParts } from './near.ts'
import { Outline } from './outline.ts'
import { permalink, type Resolved, resolve } from './permalink.ts'
import { hashOf, type Lines, linesOf } from './target.ts'
import { READ, Whereabouts } from './whereabouts.ts'

/** Height of a line (CSS pixels), as the style sheet has it. */
const LINE = 20

/** What a session adds to the looks of lines and to clicks on them. */
export interface LiveLines {
  look(line: number): Partial<LineLook>
  press(line: number): void
}

export class SourcePage {
  readonly data: SourcePageData
  readonly text: FileText
  readonly declared: Declarations
  readonly gutter: Gutter
  readonly notes: LineNotes
  readonly heading: Heading
  readonly links: Links
  readonly main: HTMLElement
  /** What a session does with lines; null while there is none. */
  live: LiveLines | null = null
  readonly #whereabouts: Whereabouts
  readonly #colours: Colours
  #target: Lines | null = null

  static open(main: HTMLElement, data: SourcePageData): SourcePage {
    return new SourcePage(main, data)
  }

  private constructor(main: HTMLElement, data: SourcePageData) {
    this.main = main
    this.data = data
    this.links = new Links(main.dataset.root ?? '/')
    this.text = new FileText(required(main, '#text'))
    // First, since it starts its worker.
    this.#colours = new Colours({ text: this.text, data, middle: () => this.#lineAt(innerHeight / 2) })
    this.declared = new Declarations(data, (line) => this.text.beginning(line))
    this.notes = new LineNotes(this.text)
    this.gutter = new Gutter({ text: this.text, look: (line) => this.#look(line), press: (line, how) => this.#press(line, how) })
    const outline = new Outline(required(main, '.toc'), this.declared.outer)
    this.heading = new Heading(required(main, '.here'), {
      file: baseName(data.file),
      onOutline: () => outline.open(),
      permalink: () => this.permalink(),
      stopWords: 'Copy break command',
      onStop: data.at === null ? null : (of, button) => void copy(`break ${data.at}:${this.stopLine(of)}`, button, 'Break command'),
    })
    const about = new About(required(main, '.about'), data, this.links)
    const showAbout = latestWhenIdle((now: Declared | null) => about.show(now))
    this.#whereabouts = new Whereabouts(this.declared, (now) => {
      this.heading.show(now)
      outline.mark(now)
      showAbout(now)
    })

    const sheet = required(main, '.sheet')
    sheet.prepend(this.gutter.root, this.#whereabouts.root, this.notes.bands)
    sheet.append(this.notes.ends)
    this.#note()
    this.#arrive()
    addEventListener('hashchange', () => this.#go(linesOf(location.hash, this.text.count)))

    watchParts(this.text, {
      near: (part) => this.#near(part),
      far: (part) => {
        this.gutter.hide(part)
        this.#whereabouts.hide(part)
        this.#colours.hide(part)
      },
    })
    const path = required(main, '[data-copy]')
    path.addEventListener('click', () => void copy(this.#path(), path, 'Path'))
  }

  /** The lines that the address names. */
  get target(): Lines | null {
    return this.#target
  }

  /** The function or type that is read now. */
  get now(): Declared | null {
    return this.#whereabouts.now
  }

  /** Where to stop in a function: at the line that is chosen in it, else where it begins. Handlers are mostly closures of a function that has long returned. */
  stopLine({ from, to }: Declared): number {
    const line = this.#target?.from ?? 0
    return from <= line && line <= to ? line : from
  }

  /** An address that finds the chosen lines, or the function that is read, in other versions too. */
  permalink(): string {
    const lines = this.#target ?? { from: this.now?.from ?? 1, to: this.now?.from ?? 1 }
    const name = this.declared.functionAt(lines.from)?.name ?? null
    return `${location.origin}${location.pathname}${permalink(this.data.version, name, lines)}`
  }

  /** Scrolls a line to below the heading, unless it is well in view; says whether it did. */
  reveal(line: number): boolean {
    const top = this.text.root.getBoundingClientRect().top + (line - 1) * LINE
    const from = required(this.main, '.here').getBoundingClientRect().height + 48
    const under = Number.parseFloat(getComputedStyle(this.main).getPropertyValue('--under')) || 0
    if (top > from + LINE && top < innerHeight - under - 3 * LINE) return false
    scrollTo({ top: Math.max(0, scrollY + top - from - READ + LINE / 2), behavior: 'instant' })
    return true
  }

  /** Chooses lines: they are marked, and the address names them. */
  select(lines: Lines): void {
    history.replaceState(history.state, '', `${location.pathname}${hashOf(lines)}`)
    this.#mark(lines)
  }

  /** What an address asks for when the page is opened. A browser that goes back or reloads knows better where the reader was. */
  #arrive(): void {
    const lines = linesOf(location.hash, this.text.count)
    const resolved = resolve(location.search, this.data.version, lines, this.declared)
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const again = navigation?.type === 'reload' || navigation?.type === 'back_forward'
    const target = resolved.is === 'kept' || resolved.is === 'moved' ? resolved.lines : resolved.is === 'gone' ? null : lines
    if (again) this.#mark(target)
    else this.#go(target)
    this.#explain(resolved)
  }

  #go(lines: Lines | null): void {
    this.#mark(lines)
    if (!lines) return
    const taken = this.reveal(lines.from)
    this.gutter.reach(lines.from)
    if (!taken) return
    // The browser tells what is near after the next frame; a reader who was taken somewhere need not wait for it.
    this.#whereabouts.reach(lines.from)
    const parts = [0, innerHeight].map((height) => this.text.partOf(this.#lineAt(height)))
    for (const part of new Set(parts)) if (part) this.#near(part)
  }

  /** What a part has as long as it is near the window. */
  #near(part: Part): void {
    this.gutter.show(part)
    this.#whereabouts.show(part)
    this.#colours.show(part)
  }

  /** The line that is so far below the upper edge of the window (CSS pixels), be there such a line or not. */
  #lineAt(height: number): number {
    return Math.floor((height - this.text.root.getBoundingClientRect().top) / LINE) + 1
  }

  #mark(lines: Lines | null): void {
    const old = this.#target
    this.#target = lines
    this.notes.wash('target', lines)
    this.gutter.dress(
      [old, lines].flatMap((range) => (range ? Array.from({ length: Math.min(range.to - range.from + 1, 2_000) }, (_, at) => range.from + at) : [])),
    )
  }

  /** Says what became of a permalink of another version. */
  #explain(resolved: Resolved): void {
    const here = this.data.version
    const code = (words: string) => element('code', {}, words)
    switch (resolved.is) {
      case 'here':
        return
      case 'kept':
        this.heading.notice(
          `This link was copied at ${resolved.version}; you read ${here}. Line ${resolved.lines.from} is in `,
          code(resolved.name),
          ' here too, but the line may have moved.',
        )
        return
      case 'moved':
        if (resolved.version !== here)
          this.heading.notice(
            `This link was copied at ${resolved.version}; you read ${here}. `,
            code(resolved.name),
            ` begins at line ${resolved.lines.from} now; the line may have moved.`,
          )
        return
      case 'unknown':
        this.heading.notice(`This link was copied at ${resolved.version}; you read ${here}, where the line may have moved.`)
        return
      case 'gone': {
        const near = resolved.near.flatMap(({ name, from }, at) => [
          at > 0 ? ', ' : ' Perhaps one of these: ',
          element('a', { href: `#L${from}` }, code(name)),
        ])
        this.heading.notice(
          `This link was copied at ${resolved.version}; in ${here} this file has no function `,
          code(resolved.name),
          '.',
          ...near,
          ...(near.length > 0 ? ['.'] : []),
        )
      }
    }
  }

  #press(line: number, { selecting, range }: { selecting: boolean; range: boolean }): void {
    if (this.live && !selecting) {
      this.live.press(line)
      return
    }
    const from = range && this.#target ? this.#target.from : line
    this.select({ from: Math.min(from, line), to: Math.max(from, line) })
  }

  #look(line: number): LineLook {
    const target = this.#target
    const classes = []
    if (target && target.from <= line && line <= target.to) classes.push('target')
    if (this.data.stops?.some((stop) => stop.line === line)) classes.push('stops')
    if (this.data.changed?.some((change) => change.line === line)) classes.push('changed')
    const live = this.live?.look(line)
    return {
      classes: [...classes, ...(live?.classes ?? [])],
      label: live?.label ?? `${line}: ${this.text.line(line).trim() || 'empty'}`,
      pressed: live?.pressed ?? null,
    }
  }

  /** What the book says of single lines: where it stops, and what this build changes. */
  #note(): void {
    for (const { line, steps } of this.data.stops ?? []) {
      for (const { chapter, step, title, href } of steps.slice(0, 2)) {
        this.notes.append(
          line,
          element('a', { class: 'flag', href: this.links.to(href), title: `Open in chapter: ${title}` }, `${chapter}, step ${step}`),
        )
      }
      if (steps.length > 2) this.notes.append(line, element('span', { class: 'end-more' }, `and ${steps.length - 2} more`))
    }
    for (const { line, from, why } of this.data.changed ?? []) {
      this.notes.append(
        line,
        element('span', { class: 'flag note', title: why }, 'changed in this build, the release has ', element('code', {}, from)),
      )
    }
  }

  /** As a Go programmer names the file: its package's path and its name. */
  #path(): string {
    const { module, inside } = moduleFile(this.data.file)
    return module === STANDARD_LIBRARY ? inside : `${module}/${inside}`
  }
}
