/** The file that is shown, and what its names are asked with. */
import { rangeOf } from './caret.ts'
import type { CodeIndex, Found } from './code-index.ts'
import { type Paint, wordsFor } from './contents.ts'
import type { Identifier } from './identifiers.ts'

export interface ShownOptions {
  /** The file that is shown, by its name in the debug information. */
  file: string
  index: CodeIndex
  /** The lines of a file of the pins. */
  textOf: (file: string) => Promise<readonly string[]>
  /** Paints signatures; without it they stay plain. */
  paint?: Paint
}

export class Shown {
  readonly root: HTMLElement
  readonly file: string
  readonly index: CodeIndex
  readonly #textOf: ShownOptions['textOf']
  readonly #paint: Paint | undefined

  /** `root` contains the lines. */
  constructor(root: HTMLElement, { file, index, textOf, paint }: ShownOptions) {
    this.root = root
    this.file = file
    this.index = index
    this.#textOf = textOf
    this.#paint = paint
  }

  /** What stands at a place of the file. */
  async find(line: number, column: number): Promise<Found | null> {
    return await this.index.at(this.file, line, column)
  }

  /** Signature, doc and place of what was found; `brief` for a hint. */
  async words(found: Found, brief: boolean): Promise<Node[]> {
    const lines = await this.#textOf(this.file)
    return await wordsFor(this.index, this.file, found, (line) => lines[line - 1] ?? '', brief, this.#paint)
  }

  /** Where an identifier is in the page; null while its line is not there. */
  range({ line, column, name }: Identifier): Range | null {
    const item = this.root.querySelector<HTMLElement>(`.ln[data-line="${line}"]`)
    return item && rangeOf(item, column, name.length)
  }
}
