/** Lets Pagefind read the book's pages, so that their prose can be searched: a small index by language, loaded in pieces. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
// Pagefind (chosen: the one static search that loads its index in pieces and takes a language by its pages alone).
import { close, createIndex } from 'pagefind'

/** How Pagefind says that it has no program for this system. */
const UNSUPPORTED = /not yet a supported architecture/
/** What it would ship of user interfaces: this site has its own. */
const LEFT_OUT = /ui|highlight|playground/

/**
 * Reads the pages of the site in `folder` and writes `pagefind/` beside them. Pages without `data-pagefind-body` are left out. Where there is no
 * Pagefind for this system the site is built all the same, and its search says that the book cannot be searched. Rejects when it fails.
 */
export async function writeProseIndex(folder: string, log: (line: string) => void): Promise<void> {
  try {
    const { index, errors } = await createIndex({ keepIndexUrl: false }).catch((error: Error) => {
      if (!UNSUPPORTED.test(error.message)) throw error
      log(`The prose of this site cannot be searched: there is no Pagefind for ${process.platform} ${process.arch}.`)
      return { index: null, errors: [] }
    })
    if (!index && errors.length === 0) return
    if (!index) throw new Error(errors.join('\n'))
    for (const page of await pagesOf(folder)) {
      const added = await index.addHTMLFile({ sourcePath: page, content: await readFile(join(folder, page), 'utf8') })
      if (added.errors.length > 0) throw new Error(`${page}: ${added.errors.join('\n')}`)
    }
    const { files, errors: failed } = await index.getFiles()
    if (failed.length > 0) throw new Error(failed.join('\n'))
    for (const { path, content } of files) {
      if (LEFT_OUT.test(path)) continue
      const target = join(folder, 'pagefind', path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, content)
    }
  } finally {
    await close()
  }
}

/** Pages at the top and one folder down, and those of languages below: whole source files are pages too, thousands, and deeper. */
async function pagesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'source' && !entry.name.startsWith('_'))
  const below = await Promise.all(
    folders.map(async ({ name }) => (await readdir(join(folder, name), { recursive: true })).map((file) => join(name, file))),
  )
  return ['index.html', ...below.flat()].filter((file) => file.endsWith('index.html')).sort()
}
