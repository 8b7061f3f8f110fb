/** Turns paths of the debug information into those that the reader's terminals show and take. */
import { withTypesElided } from '../book/check/function-name.ts'

/** Delve's substitute-path rules, longest first. */
export type Substitute = readonly (readonly [from: string, to: string])[]

/** `file` as the reader's Delve takes it. */
export function terminalPath(file: string, substitute: Substitute): string {
  const rule = substitute.find(([from]) => file === from || file.startsWith(from.endsWith('/') ? from : `${from}/`))
  return rule ? rule[1] + file.slice(rule[0].length) : file
}

/** The name of the file without its folders. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** A function without the path of its package and without type arguments: `handlers.createHandler.func1`, `slices.Sort[...]`. */
export function shortFunction(name: string): string {
  const elided = withTypesElided(name)
  return elided.slice(elided.lastIndexOf('/') + 1)
}

/** A function without its package: `createHandler.func1`. */
export function bareFunction(name: string): string {
  const short = shortFunction(name)
  return short.slice(short.indexOf('.') + 1)
}

/** `module@version/path` without the version, so that a book can name files whatever their version is. */
export function unversioned(file: string): string {
  return file.replace(/@v[^/]+/, '')
}
