/** Fetches whole source files of the pins, each once, and keeps the last ones. */
import { hasPage, moduleFile, sourceAddress } from '../source/address.ts'
import { linesOfPage } from '../source/page/text.ts'
import { LastUsed } from './last-used.ts'
import { siteOf } from './site.ts'

/** Files that are kept as text. */
const KEPT = 12

/** `file` is its name in the debug information; `lines` are without line ends. */
export interface SourceFile {
  file: string
  lines: readonly string[]
}

export class SourceFiles {
  readonly #folder: string
  readonly #files = new LastUsed<SourceFile>(KEPT)

  /** `folder` is the address of the folder `source/files` that was written when the site was built */
  constructor(folder: string) {
    this.#folder = folder.replace(/\/?$/, '/')
  }

  /** The text of a file. Rejects with a sentence for the reader when the site has none; a failure is not remembered. */
  async load(file: string): Promise<SourceFile> {
    return await this.#files.get(file, () => fetchFile(this.#folder, file))
  }
}

async function fetchFile(folder: string, file: string): Promise<SourceFile> {
  if (!file.endsWith('.go')) throw new Error(`${file || 'This place'} is not Go source: the compiler or an assembler made it.`)
  const of = moduleFile(file)
  const paged = hasPage(of)
  const text = await textAt(paged ? siteOf(folder) + encodeURI(sourceAddress(of)) : `${folder}${encodeURI(file)}.txt`)
  const lines = paged ? linesOfPage(text) : text.replace(/\n$/, '').split('\n')
  // The address of a page has no version: another release's file may be there.
  if (!lines || (paged && !text.includes(JSON.stringify(file)))) throw new Error('The site has it in another version.')
  return { file, lines }
}

async function textAt(address: string): Promise<string> {
  const answer = await fetch(address).catch((cause: unknown) => {
    throw new Error('It could not be fetched; is the connection gone?', { cause })
  })
  if (answer.status === 404) throw new Error('It is not among the files that kube-apiserver is compiled from.')
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
  return await answer.text()
}
