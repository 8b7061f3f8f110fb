/** Finds a line of the pinned source in another copy of its module. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { Fate } from '../book/drift.ts'
import { functionsOf, withoutTypeArguments } from './functions.ts'

/** A line of a function, known by `text`, which it contains. */
export interface Line {
  /** Path inside the module. */
  file: string
  function: string
  line: number
  text: string
}

/** Files that are compiled for another system, and tests. */
const NOT_COMPILED = /_(?:test|windows|darwin|freebsd|netbsd|openbsd|plan9|solaris|wasm|js|arm64|arm|386|others|unsupported)\.go$/

/** Where `wanted` is in the module in `directory`: in the same function first, then in another one of its package, if only one has it. */
export async function lineElsewhere(wanted: Line, directory: string): Promise<Fate> {
  const folder = join(directory, dirname(wanted.file))
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.go') && !NOT_COMPILED.test(name)).sort()
  if (names.length === 0) return { is: 'gone' }
  const paths = names.map((name) => join(folder, name))
  const functions = await functionsOf(paths)
  const found: { file: string; function: string; line: number; depth: number }[] = []
  for (const path of paths) {
    const lines = (await readFile(path, 'utf8')).split('\n')
    for (const { name, from, to } of functions.get(path)?.functions ?? []) {
      for (let line = from; line <= to; line++) {
        if (lines[line - 1]?.includes(wanted.text)) found.push({ file: relative(directory, path), function: name, line, depth: to - from })
      }
    }
  }
  const bare = withoutTypeArguments(wanted.function)
  const same = found.filter((one) => basename(one.file) === basename(wanted.file) && withoutTypeArguments(one.function) === bare)
  const nearest = same.sort((a, b) => Math.abs(a.line - wanted.line) - Math.abs(b.line - wanted.line))[0]
  if (nearest) return nearest.line === wanted.line ? { is: 'same' } : { is: 'moved', line: nearest.line }
  // A line belongs to its closure, not to the functions around it.
  const innermost = found.filter((one) => !found.some((other) => other.file === one.file && other.line === one.line && other.depth < one.depth))
  const [only, ...more] = innermost
  if (!only || more.length > 0) return { is: 'gone' }
  return { is: 'renamed', file: only.file, function: only.function, line: only.line }
}
