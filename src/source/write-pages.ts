/** Writes the page of every source file that has one into the built site: the template, filled. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Book } from '../book/book.ts'
import type { Drift } from '../book/drift.ts'
import { sourceAddress } from './address.ts'
import { eachOf } from './each-of.ts'
import { locations } from './location.ts'
import { type Outline, outlines } from './outlines.ts'
import { bookPlaces } from './page/book-places.ts'
import { filled, slotsOf } from './page/slots.ts'

export interface PagesOptions {
  /** The page that Astro rendered, with marks where the slots are. */
  template: string
  book: Book
  /** Where the book's lines are in other releases; null when that was never asked. */
  drift: Drift | null
  /** The path the site will be served under, `/` or `/sub/path/`. */
  base: string
  /** Called after each page with how many are done of all. */
  onProgress?: (done: number, all: number) => void
  signal?: AbortSignal | undefined
}

/**
 * Writes `<directory>/source/<module>/<path>/index.html` for every file that has a page, and `source/tree.json`, the list of them all. Pages
 * that are there already and say the same are kept. Resolves with the number of pages.
 */
export async function writeSourcePages(directory: string, options: PagesOptions): Promise<number> {
  const { template, base, book, drift, signal, onProgress } = options
  const [all, places, ends] = [await outlines(signal), await bookPlaces(book, drift), await locations()]
  const root = `${base.replace(/\/$/, '')}/`
  let done = 0
  await eachOf(all, signal, async (outline) => {
    const { file } = outline.file
    const slots = await slotsOf({ outline, inBook: places.get(file), at: ends.get(file) ?? null, root })
    await renew(join(directory, sourceAddress(outline.file), 'index.html'), filled(template, slots))
    onProgress?.(++done, all.length)
  })
  await renew(join(directory, 'source/tree.json'), JSON.stringify(treeOf(all)))
  return all.length
}

/** Paths of files in their modules, by module. */
function treeOf(all: readonly Outline[]): Record<string, { version: string; files: string[] }> {
  const modules: Record<string, { version: string; files: string[] }> = {}
  for (const { file } of all) {
    modules[file.module] ??= { version: file.version, files: [] }
    modules[file.module]?.files.push(file.inside)
  }
  return modules
}

/** Writes a file unless it is there and says the same: a page depends on more than its source, so its size would not tell. */
async function renew(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, text)
}
