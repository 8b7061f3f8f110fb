/** The functions and types of every file that has a page: what outlines, sticky headings and function search are made of. */
import { hasPage } from './address.ts'
import { type FileFunctions, functionsOfAll } from './functions.ts'
import { type PinnedFile, pinnedFiles } from './pinned-files.ts'

/** A file that has a page, with what it declares. */
export interface Outline extends Omit<FileFunctions, 'path' | 'package'> {
  file: PinnedFile
  /** The name in its package clause. */
  packageName: string
}

let all: Promise<readonly Outline[]> | undefined

/** The outlines of all files that have a page, sorted as the files are. Asked once per process: some seconds. Throws PinsError. */
export async function outlines(signal?: AbortSignal): Promise<readonly Outline[]> {
  all ??= ask(signal)
  all.catch(() => {
    all = undefined
  })
  return await all
}

async function ask(signal?: AbortSignal): Promise<Outline[]> {
  const files = (await pinnedFiles()).filter(hasPage)
  // A folder of the set is in it as a whole, and all compiled files of a folder are one package.
  const packages = Map.groupBy(files, (file) => file.package)
  const found = await functionsOfAll(
    [...packages.values()].map((of) => of.map(({ path }) => path)),
    signal,
  )
  return files.flatMap((file) => {
    const {
      path: _,
      package: packageName,
      ...declared
    } = found.get(file.path) ?? { path: '', package: '', generated: false, functions: [], types: [] }
    return [{ file, packageName, ...declared }]
  })
}
