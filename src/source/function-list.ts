/**
 * Writes the list of functions that search reads: `source/functions/core.json` with what people wrote, and `rest.json` with what is generated.
 * Measured: core 24,357 functions, 0.50 MB, 150 KB with gzip, 128 KB with brotli; the rest 40,013, 0.76 MB, 105 KB and 79 KB.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Book } from '../book/book.ts'
import { type StageFiles, stageOfFile, type Visits, visitKey, visitsOf } from './book-functions.ts'
import { type FunctionListFile, FunctionListWriter, type ListedFile, type ListedFunction, type ListedPackage } from './function-list-format.ts'
import { withoutTypeArguments } from './functions.ts'
import { type Outline, outlines } from './outlines.ts'

/** Closures are found through the function they stand in, and nobody can name an `init`. */
const UNLISTED = /\.func\d|^init\.(?:func)?\d/

export interface FunctionListOptions {
  book: Book
  /** Which files are on the way of a request. */
  stageFiles: readonly StageFiles[]
  signal?: AbortSignal
}

/** Writes both files below `directory`, the site's folder. Rejects with PinsError or BookError. */
export async function writeFunctionList(directory: string, options: FunctionListOptions): Promise<void> {
  const folder = join(directory, 'source/functions')
  await mkdir(folder, { recursive: true })
  const { core, rest } = await functionLists(options)
  await writeFile(join(folder, 'core.json'), JSON.stringify(core))
  await writeFile(join(folder, 'rest.json'), JSON.stringify(rest))
}

/** Both lists. Rejects with PinsError or BookError. */
export async function functionLists({ book, stageFiles, signal }: FunctionListOptions): Promise<Record<'core' | 'rest', FunctionListFile>> {
  const [all, visits] = [await outlines(signal), await visitsOf(book, stageFiles)]
  const chapters = book.chapters.map(({ id, title }) => ({ id, title }))
  const writer = new FunctionListWriter()
  const list = (wanted: readonly Outline[]): FunctionListFile => ({
    modules: modulesOf(wanted),
    chapters,
    ...writer.write(packagesOf(wanted, visits, stageFiles)),
  })
  const core = list(all.filter(({ generated }) => !generated))
  return { core, rest: list(all.filter(({ generated }) => generated)) }
}

function modulesOf(files: readonly Outline[]): FunctionListFile['modules'] {
  const versions = new Map(files.filter(({ file }) => file.version !== '').map(({ file }) => [file.module, file.version]))
  return [...versions]
}

function packagesOf(files: readonly Outline[], visits: Visits, stageFiles: readonly StageFiles[]): ListedPackage[] {
  return [...Map.groupBy(files, ({ file }) => file.package)].flatMap(([path, outlined]) => {
    const listed = outlined.map((outline) => listedFile(outline, visits, stageFiles)).filter(({ functions }) => functions.length > 0)
    return listed.length === 0 ? [] : [{ path, name: outlined[0]?.packageName ?? '', files: listed }]
  })
}

function listedFile({ file, functions, types }: Outline, visits: Visits, stageFiles: readonly StageFiles[]): ListedFile {
  const declared = functions
    .filter(({ name }) => !UNLISTED.test(name))
    .map(({ name, from }): ListedFunction => ({ ...parted(name), abstract: false, line: from, visit: visits.get(visitKey(file.file, name)) ?? null }))
  const asked = types.flatMap(({ name: receiver, kind, methods }) =>
    kind === 'interface' ? methods.map(({ name, line }): ListedFunction => ({ name, receiver, abstract: true, line, visit: null })) : [],
  )
  const path = file.version === '' ? file.inside : `${file.module}/${file.inside}`
  return {
    name: basename(file.inside),
    onTheWay: stageOfFile(path, stageFiles) !== null,
    functions: [...declared, ...asked].sort((one, other) => one.line - other.line),
  }
}

/** `(*store).Create` is `Create` of `*store`; type parameters are left out of both. */
function parted(whole: string): Pick<ListedFunction, 'name' | 'receiver'> {
  const { receiver = '', name = whole } = /^\(?(?<receiver>[^()]+?)\)?\.(?<name>[^.]+)$/.exec(withoutTypeArguments(whole))?.groups ?? {
    name: withoutTypeArguments(whole),
  }
  return { name, receiver }
}
