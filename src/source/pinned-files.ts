/** The compiled files of kube-apiserver, each with the module it belongs to. */
import { dirname } from 'node:path'
import { BookError } from '../book/book-error.ts'
import { type CompiledFile, compiledFiles } from '../pins/compiled-files.ts'
import { type ModuleFile, moduleFile } from './address.ts'
import { near } from './near.ts'

/** One compiled file. `file` is its name in the debug information, `path` where it lies, `inside` its path in the module. */
export interface PinnedFile extends CompiledFile, ModuleFile {
  /** The module's folder; for the standard library the Go tree. */
  directory: string
  /** The package's import path. */
  package: string
}

let all: Promise<readonly PinnedFile[]> | undefined

/** Every compiled file, sorted by `file`. Asked once per process. Throws PinsError. */
export async function pinnedFiles(): Promise<readonly PinnedFile[]> {
  all ??= compiledFiles().then((files) => files.map(withModule))
  all.catch(() => {
    all = undefined
  })
  return await all
}

/** The file that an author means. Throws BookError with near names when the pins hold no such module or file. */
export async function pinnedFile(module: string, inside: string, where: string): Promise<PinnedFile> {
  const files = await pinnedFiles()
  const found = files.find((entry) => entry.module === module && entry.inside === inside)
  if (found) return found
  const ofModule = files.filter((entry) => entry.module === module)
  if (ofModule.length === 0) {
    const modules = new Set(files.map((entry) => entry.module))
    throw new BookError(`kube-apiserver is compiled from no module "${module}".`, where, meant('name a module of the pins', near(module, modules)))
  }
  const elsewhere = files.filter((entry) => entry.inside === inside).map((entry) => `${inside} of module ${entry.module}`)
  const alike = near(
    inside,
    ofModule.map((entry) => entry.inside),
  )
  throw new BookError(
    `No file "${inside}" of ${module} is compiled into kube-apiserver.`,
    where,
    meant('name a compiled file', [...elsewhere, ...alike]),
  )
}

/** All compiled files of the package that `file` belongs to. */
export async function filesOfPackage(file: PinnedFile): Promise<PinnedFile[]> {
  return (await pinnedFiles()).filter((entry) => dirname(entry.path) === dirname(file.path))
}

/** A fix that offers candidates: `name a module of the pins, perhaps one of: …`. */
export function meant(fix: string, candidates: readonly string[]): string {
  return candidates.length === 0 ? `${fix}.` : `${fix}, perhaps one of:\n    ${candidates.join('\n    ')}`
}

function withModule({ file, path }: CompiledFile): PinnedFile {
  const { module, version, inside } = moduleFile(file)
  const directory = path.slice(0, -`/${version === '' ? 'src/' : ''}${inside}`.length)
  const folder = version === '' ? dirname(file) : dirname(`${module}/${inside}`)
  return { file, path, module, version, inside, directory, package: folder }
}
