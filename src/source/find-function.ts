/** Finds the function that an author names. */
import { basename } from 'node:path'
import { BookError } from '../book/book-error.ts'
import { type FunctionLines, functionsOf, withoutTypeArguments } from './functions.ts'
import { near } from './near.ts'
import { filesOfPackage, meant, type PinnedFile } from './pinned-files.ts'

/** A function and those that stand in it. */
export interface FoundFunction extends FunctionLines {
  /** The whole name as Delve prints it, the package's path before it. */
  fullName: string
  /** Closures in it, at any depth. */
  inner: readonly FunctionLines[]
}

/** Finds `name`, as Delve prints it after the package, in a file. Throws BookError with near names. */
export async function findFunction(file: PinnedFile, name: string, where: string): Promise<FoundFunction> {
  const package_ = await functionsOf((await filesOfPackage(file)).map((entry) => entry.path))
  const { functions = [], package: packageName = '' } = package_.get(file.path) ?? {}
  const wanted = withoutTypeArguments(name)
  const found = functions.find((entry) => withoutTypeArguments(entry.name) === wanted)
  if (!found) {
    const others = [...package_.values()].filter((other) => other.functions.some((entry) => withoutTypeArguments(entry.name) === wanted))
    const elsewhere = others.map((other) => `${name} in ${basename(other.path)}`)
    const names = functions.map((entry) => entry.name)
    throw new BookError(
      `${file.inside} of ${file.module} has no function "${name}".`,
      where,
      meant('name a function of this file', [...elsewhere, ...near(name, names)]),
    )
  }
  const inner = functions.filter((entry) => entry !== found && entry.name.startsWith(`${found.name}.`))
  return { ...found, fullName: `${packagePath(file, packageName)}.${found.name}`, inner }
}

/** A package's path in names of functions: `main` for a program; dots after the last slash are escaped by the compiler. */
function packagePath(file: PinnedFile, packageName: string): string {
  if (packageName === 'main') return 'main'
  const slash = file.package.lastIndexOf('/') + 1
  return file.package.slice(0, slash) + file.package.slice(slash).replaceAll('.', '%2e')
}
