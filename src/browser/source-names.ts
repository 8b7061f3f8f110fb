/** From the ways in which terminals and texts name a file of the server to its source page. Pure. */
import { sourceAddress } from '../source/address.ts'
import type { Tree } from './source-page/tree.ts'

/** Where Delve's substitute-path rules put modules (src/pins/source-tree.ts), and versions, which addresses leave out. */
const BEFORE = /^(?:\.\/)?(?:.*\/)?(?:staging\/src\/|vendor\/|go\/src\/|pkg\/mod\/)/
const PLACE = /(?:\.{0,2}\/)?(?:[\w.@+~-]+\/)*[\w.+-]+\.go:(\d+)/g

export class SourceNames {
  /** Addresses by `module/path`, the toolchain's also without `std/`. */
  readonly #addresses = new Map<string, string>()

  constructor(tree: Tree) {
    for (const [module, { files }] of Object.entries(tree)) {
      for (const inside of files) this.#addresses.set(module === 'std' ? inside : `${module}/${inside}`, sourceAddress({ module, inside }))
    }
  }

  /** The address of the page of a file, below the site's root; null when it has none, or when several may be meant. */
  address(name: string): string | null {
    const bare = name
      .replace(BEFORE, '')
      .replace(/^\.{0,2}\//, '')
      .replace(/@[^/]+/, '')
    const exact = this.#addresses.get(bare) ?? this.#addresses.get(`k8s.io/kubernetes/${bare}`)
    if (exact) return exact
    const end = `/${bare}`
    let found: string | null = null
    for (const [path, address] of this.#addresses) {
      if (!path.endsWith(end)) continue
      if (found) return null
      found = address
    }
    return found
  }
}

/** A place that a line of a terminal names: from one column to another (UTF-16 units from 0). */
export interface NamedPlace {
  from: number
  to: number
  file: string
  line: number
}

/** Every `path/file.go:12` of a line. */
export function placesIn(text: string): NamedPlace[] {
  return [...text.matchAll(PLACE)].flatMap((match) => {
    const [place, line] = match
    const file = place.slice(0, place.lastIndexOf(':'))
    // A name without a folder may be any file's.
    return file.replace(/^\.\//, '').includes('/') ? [{ from: match.index, to: match.index + place.length, file, line: Number(line) }] : []
  })
}
