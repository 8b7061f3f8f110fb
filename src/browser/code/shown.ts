/** The file that is shown, and what its names are asked with. */
import type { CodeIndex, Found } from './code-index.ts'
import { type Paint, wordsFor } from './contents.ts'
import type { Identifier } from './identifiers.ts'
import type { CodeLines } from './lines.ts'

export interface ShownOptions {
  /** The file that is shown, by its name in the debug information. */
  file: string
  index: CodeIndex
  /** Paints signatures; without it they stay plain. */
  paint?: Paint
}

export class Shown {
  readonly lines: CodeLines
  readonly file: string
  readonly index: CodeIndex
  readonly #paint: Paint | undefined

  constructor(lines: CodeLines, { file, index, paint }: ShownOptions) {
    this.lines = lines
    this.file = file
    this.index = index
    this.#paint = paint
  }

  /** What stands at a place of the file. */
  async find(line: number, column: number): Promise<Found | null> {
    return await this.index.at(this.file, line, column)
  }

  /** Signature, doc and place of what was found; `brief` for a hint. */
  async words(found: Found, brief: boolean): Promise<Node[]> {
    return await wordsFor(this.index, this.file, found, (line) => this.lines.line(line), brief, this.#paint)
  }

  /** Where an identifier is in the page; null when the file has no such line. */
  range({ line, column, name }: Identifier): Range | null {
    return this.lines.range(line, column, column + name.length)
  }
}
