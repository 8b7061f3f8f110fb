/** Addresses of files and steps from within a source page. */
import { hasPage, moduleFile, sourceAddress } from '../../source/address.ts'

/** Makes addresses below the site's root. */
export class Links {
  readonly #root: string

  /** `root` ends in a slash. */
  constructor(root: string) {
    this.#root = root
  }

  /** Whatever stands below the root. */
  to(path: string): string {
    return this.#root + path
  }

  /** A line of a file of the debug information; null when the file has no page. */
  line(file: string, line: number): string | null {
    const of = moduleFile(file)
    return file.endsWith('.go') && hasPage(of) ? `${this.#root}${sourceAddress(of)}#L${line}` : null
  }
}
