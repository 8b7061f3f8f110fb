/** Knows which lines of the pinned files differ from the release, so that the source pane can say so. */

/** `from` is what the release has within the line; `why` is a sentence. */
export interface ChangedLine {
  line: number
  from: string
  why: string
}

export class ChangedLines {
  readonly #address: string
  #all: Promise<Readonly<Record<string, readonly ChangedLine[]>>> | undefined

  /** `folder` is the address of the folder `source/files`, which has the list. */
  constructor(folder: string) {
    this.#address = `${folder.replace(/\/?$/, '/')}changed-lines.json`
  }

  /** The changed lines of a file; none for almost every one. Rejects when the list cannot be had; the next call tries again. */
  async of(file: string): Promise<readonly ChangedLine[]> {
    this.#all ??= fetchAll(this.#address)
    try {
      return (await this.#all)[file] ?? []
    } catch (error) {
      this.#all = undefined
      throw error
    }
  }
}

async function fetchAll(address: string): Promise<Record<string, ChangedLine[]>> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
  return (await answer.json()) as Record<string, ChangedLine[]>
}
