/** What the book and its recordings know of the function one is in: chapters and steps, a recorded stack, where its lines are in other releases. */
import type { Fate } from '../../book/drift.ts'
import type { BookStep, RecordedStack, SourcePageData } from '../../source/page/data.ts'
import { element } from '../element.ts'
import { bareFunction, baseName, shortFunction } from '../paths.ts'
import { bare, type Declared } from './functions.ts'
import type { Links } from './links.ts'

/** Frames that are shown before the reader asks for all of them. */
const FIRST = 5

export class About {
  readonly #root: HTMLElement
  readonly #data: SourcePageData
  readonly #links: Links
  #shown: Declared | null | undefined

  constructor(root: HTMLElement, data: SourcePageData, links: Links) {
    this.#root = root
    this.#data = data
    this.#links = links
  }

  /** Shows what is known of a function; null: of the file as a whole. */
  show(now: Declared | null): void {
    if (now === this.#shown) return
    this.#shown = now
    const name = now?.kind === 'func' ? now.name : null
    const parts = name === null ? [this.#file()] : [this.#visits(name), this.#stack(name), this.#moved(name)]
    this.#root.replaceChildren(...parts.filter((part) => part !== null))
    this.#root.setAttribute('aria-label', name === null ? 'In the book' : `${name} in the book`)
  }

  /** Every function of the file that the book knows. */
  #file(): HTMLElement {
    const names = [...new Set([...(this.#data.stops ?? []).map((stop) => bare(stop.function)), ...Object.keys(this.#data.passing ?? {})])]
    const known = this.#data.functions.filter(([name]) => names.includes(bare(name)))
    if (known.length === 0)
      return section('In the book', element('p', { class: 'quiet' }, 'The book does not stop in this file, and no recorded request came through it.'))
    const rows = known.map(([name, from]) => {
      const link = element('a', { href: `#L${from}` }, element('code', {}, name))
      const stops = (this.#data.stops ?? []).filter((stop) => bare(stop.function) === bare(name)).length
      return element(
        'li',
        {},
        link,
        element('span', {}, stops > 0 ? `the book stops here${stops > 1 ? ` at ${stops} lines` : ''}` : 'recorded requests came through'),
      )
    })
    return section('On the request’s way', element('ul', { class: 'visits quiet', role: 'list' }, ...rows))
  }

  #visits(name: string): HTMLElement {
    const own = (other: string) => bare(other) === bare(name) || bare(other).startsWith(`${bare(name)}.`)
    const stops = (this.#data.stops ?? []).filter((stop) => own(stop.function))
    const visits = stops.flatMap(({ line, steps }) =>
      steps.map((step) => ({ step, words: `stops at line ${line} in step ${step.step}: ${step.title}` })),
    )
    const passed = Object.entries(this.#data.passing ?? {}).flatMap(([other, { steps }]) => (own(other) ? steps : []))
    for (const step of passed) {
      if (!visits.some((one) => one.step.chapter === step.chapter)) visits.push({ step, words: `came through in step ${step.step}: ${step.title}` })
    }
    if (visits.length === 0)
      return section(
        'In the book',
        element('p', { class: 'quiet' }, 'The book does not stop in ', element('code', {}, name), ', and no recorded request came through it.'),
      )
    // Two walks of a chapter may have steps that say the same.
    const told = visits.filter((one, at) => visits.findIndex(({ step, words }) => step.chapter === one.step.chapter && words === one.words) === at)
    const chapters = Map.groupBy(told, ({ step }) => step.chapter)
    return section(
      'On the request’s way',
      element('ul', { class: 'visits', role: 'list' }, ...[...chapters].map(([title, all]) => this.#visit(title, all))),
    )
  }

  #visit(title: string, all: readonly { step: BookStep; words: string }[]): HTMLElement {
    const [first, ...rest] = all
    const link = element('a', { href: this.#links.to(first?.step.href ?? '') }, title)
    const others = rest.map(({ step, words }) => element('span', {}, element('a', { href: this.#links.to(step.href), class: 'too' }, words)))
    return element('li', {}, link, element('span', {}, first?.words ?? ''), ...others)
  }

  #stack(name: string): HTMLElement | null {
    const own = Object.entries(this.#data.passing ?? {}).filter(([other]) => other === bare(name) || other.startsWith(`${bare(name)}.`))
    // Of a function and its closures the one that was nearest to a halt.
    const passing = own.sort(([, a], [, b]) => a.frame - b.frame)[0]?.[1]
    const stack = passing && this.#data.stacks?.[passing.stack]
    if (!passing || !stack) return null
    const { frames, step } = stack
    const outermost = frames.findLast(([, , of]) => !of.startsWith('runtime.'))
    const words = `Seen here: ${frames.length} ${frames.length === 1 ? 'frame' : 'frames'}, from ${bareFunction(outermost?.[2] ?? '')} to ${bareFunction(frames[0]?.[2] ?? '')}`
    const list = element('ol', { class: 'frames', role: 'list' })
    const lay = (count: number) => {
      list.replaceChildren(...this.#frames(stack, passing.frame, count))
      if (count >= frames.length) return
      const more = element('button', { type: 'button', class: 'btn words' }, `${frames.length - count} more`)
      more.addEventListener('click', () => {
        lay(frames.length)
        list.querySelectorAll<HTMLElement>('a, p')[count]?.focus()
      })
      list.append(element('li', {}, more))
    }
    lay(Math.max(FIRST, passing.frame + 2))
    const from = element(
      'p',
      { class: 'quiet' },
      'Recorded in ',
      element('a', { href: this.#links.to(step.href) }, `“${step.chapter}”, step ${step.step}`),
      '.',
    )
    return section(words, list, from)
  }

  #frames({ frames }: RecordedStack, current: number, count: number): HTMLElement[] {
    return frames.slice(0, count).map(([file, line, name], at) => {
      const href = this.#links.line(file, line)
      const words = [
        element('span', { class: 'd' }, String(at)),
        element('span', {}, ...breakable(shortFunction(name))),
        element('span', { class: 'at' }, `${baseName(file)}:${line}`),
      ]
      const marked = { 'aria-current': at === current ? 'true' : null, title: `${name}\n${file}:${line}` }
      return element('li', {}, href ? element('a', { href, ...marked }, ...words) : element('p', marked, ...words))
    })
  }

  #moved(name: string): HTMLElement | null {
    const lines = (this.#data.moved ?? []).filter((one) => bare(one.function) === bare(name) || bare(one.function).startsWith(`${bare(name)}.`))
    if (lines.length === 0) return null
    return section(
      'Where lines may move',
      ...lines.flatMap(({ line, fates }) => [
        element('p', { class: 'quiet' }, element('a', { href: `#L${line}` }, `Line ${line}`), ' is in'),
        element(
          'dl',
          {},
          ...Object.entries(fates)
            .reverse()
            .flatMap(([minor, fate]) => [element('dt', {}, minor), element('dd', {}, fateWords(fate))]),
        ),
      ]),
    )
  }
}

function section(title: string, ...children: (Node | string)[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children)
}

function fateWords(fate: Fate): string {
  switch (fate.is) {
    case 'same':
      return 'the same'
    case 'moved':
      return `line ${fate.line}`
    case 'renamed':
      return `${fate.function}, ${baseName(fate.file)}:${fate.line}`
    case 'gone':
      return 'not there'
  }
}

/** A name that may be broken behind its dots. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=\.)/).flatMap((part) => [part, element('wbr')])
}
