/**
 * Colours of the text, laid over it as highlights of the browser (CSS Custom Highlight API): the text itself stays one node, so that nothing
 * a reader has found or selected is lost. A browser without them shows plain text. Measured on 3,278 lines: 8 ms of CPU for 200 lines, where spans
 * take 4, and 140 nodes, where spans make 11,750; hence only lines near the window have colours, those in it first.
 */
import type { SourcePageData } from '../../source/page/data.ts'
import { HighlightInPage } from '../highlight-in-page.ts'
import type { FileText, Part } from './file-text.ts'
import { marksOf } from './marks.ts'
import { type Piece, piecesOf, stretchesOf } from './stretches.ts'

/** Pieces asked of the worker at once: it has the next one at hand when it is done, and the window may still change what comes after. */
const AT_ONCE = 2

/** In forced colours the browser would paint every highlight as if it were selected. */
const forced = matchMedia('(forced-colors: active)')

export interface ColoursOptions {
  text: FileText
  data: Pick<SourcePageData, 'functions' | 'types'>
  /** The line in the middle of the window, now. */
  middle: () => number
}

export class Colours {
  readonly #options: ColoursOptions
  readonly #worker = new HighlightInPage(() => new Worker(new URL('../highlight-worker.ts', import.meta.url), { type: 'module' }))
  readonly #pieces: readonly Piece[]
  readonly #highlights = new Map<string, Highlight>()
  readonly #near = new Set<Part>()
  /** Pieces that the worker is at, and those that have their colours. A piece that cannot be coloured counts as one without any. */
  readonly #asked = new Set<Piece>()
  readonly #shown = new Map<Piece, readonly (readonly [Highlight, StaticRange])[]>()

  /** The worker is started at once: until it has read its grammar, the page is busy with itself. */
  constructor(options: ColoursOptions) {
    this.#options = options
    const { text, data } = options
    if (this.#possible) this.#worker.begin()
    this.#pieces = piecesOf(stretchesOf(data, text.count, (line) => text.beginning(line)))
    forced.addEventListener('change', () => (forced.matches ? this.#hideAll() : this.#next()))
  }

  /** Colours what stands in a part, as soon as its turn comes. */
  show(part: Part): void {
    this.#near.add(part)
    this.#tell(part)
    this.#next()
  }

  /** Takes colours away that no part near the window needs: the browser goes through all there are whenever one is added. */
  hide(part: Part): void {
    this.#near.delete(part)
    delete part.element.dataset.coloured
    for (const piece of this.#shown.keys()) if (overlap(piece, part) && !this.#isNear(piece)) this.#hide(piece)
  }

  get #possible(): boolean {
    return 'highlights' in CSS && !forced.matches
  }

  #isNear(piece: Piece): boolean {
    for (const part of this.#near) if (overlap(piece, part)) return true
    return false
  }

  /** Asks for those pieces next that are nearest to what is read. */
  #next(): void {
    if (!this.#possible || this.#asked.size >= AT_ONCE) return
    const waiting = this.#pieces.filter((piece) => this.#isNear(piece) && !this.#shown.has(piece) && !this.#asked.has(piece))
    if (waiting.length === 0) return
    const middle = this.#options.middle()
    const distance = ({ first, count }: Piece) => Math.max(first - middle, middle - (first + count - 1), 0)
    waiting.sort((a, b) => distance(a) - distance(b))
    for (const piece of waiting.slice(0, AT_ONCE - this.#asked.size)) void this.#colour(piece)
  }

  async #colour(piece: Piece): Promise<void> {
    this.#asked.add(piece)
    const { stretch, first, count } = piece
    const lines = Array.from({ length: stretch.count }, (_, at) => this.#options.text.line(stretch.first + at))
    const html = await this.#worker.colours(String(stretch.first), lines, first - stretch.first + 1, count).catch(() => [])
    // Still asked for while it is shown, or it would be asked for again; the worker is at the next one meanwhile.
    if (this.#possible && this.#isNear(piece)) this.#show(piece, html)
    this.#asked.delete(piece)
    this.#next()
  }

  #show(piece: Piece, html: readonly string[]): void {
    const ranges: [Highlight, StaticRange][] = []
    for (const [at, line] of html.entries()) {
      for (const { name, from, to } of marksOf(line)) {
        const range = this.#options.text.range(piece.first + at, from, to)
        if (range) ranges.push([this.#highlight(name), range])
      }
    }
    for (const [highlight, range] of ranges) highlight.add(range)
    this.#shown.set(piece, ranges)
    for (const part of this.#near) if (overlap(piece, part)) this.#tell(part)
  }

  /** Marks a part once all that stands in it has its colours. */
  #tell(part: Part): void {
    if (this.#pieces.every((piece) => !overlap(piece, part) || this.#shown.has(piece))) part.element.dataset.coloured = ''
  }

  #hide(piece: Piece): void {
    for (const [highlight, range] of this.#shown.get(piece) ?? []) highlight.delete(range)
    this.#shown.delete(piece)
  }

  #hideAll(): void {
    for (const piece of [...this.#shown.keys()]) this.#hide(piece)
    for (const part of this.#near) delete part.element.dataset.coloured
  }

  #highlight(name: string): Highlight {
    const known = this.#highlights.get(name)
    if (known) return known
    const made = new Highlight()
    this.#highlights.set(name, made)
    CSS.highlights.set(`go-${name}`, made)
    return made
  }
}

interface Span {
  first: number
  count: number
}

function overlap(one: Span, other: Span): boolean {
  return one.first < other.first + other.count && other.first < one.first + one.count
}
