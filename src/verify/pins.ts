/** The pinned source as a recording refers to it: proves that printed lines are the pin's, and that no other line of it is recorded. */
import { readFile } from 'node:fs/promises'
import { BookError } from '../book/book-error.ts'
import type { RecordedEvent } from '../book/recording.ts'
import { pinnedFiles } from '../source/pinned-files.ts'
import type { Listing } from './listing.ts'

type Lists = Extract<RecordedEvent, { lists: unknown }>['lists']

/** Shorter lines (`}`, `return err`, `package handlers`) are anyone's. */
const TELLING_LENGTH = 32

export interface Pins {
  /** The reference that stands for a listing. Throws when its lines are not the pin's. */
  lists(listing: Listing): Promise<Lists>
  /** Throws BookError when a telling line of the pinned source is among the lines of `texts`; `where` is said to hold it. */
  refuseSource(texts: Iterable<string>, where: string): Promise<void>
}

/** Reads the pins of this project. `substitute` turns paths of the debug information into those that terminals show, longest first. */
export async function openPins(substitute: readonly (readonly [from: string, to: string])[]): Promise<Pins> {
  const compiled = await pinnedFiles()
  const byFile = new Map(compiled.map(({ file, path }) => [file, path]))
  const unversioned = new Map(compiled.map(({ file }) => [file.replace(/@[^/]*/, ''), file]))

  /** From a path as a terminal shows it, or one that begins with an import path, to the file in the debug information. */
  function fileOf(shown: string): string {
    const candidates = [
      shown,
      unversioned.get(shown) ?? '',
      ...substitute.flatMap(([from, to]) => (shown.startsWith(`${to}/`) ? [from + shown.slice(to.length)] : [])),
    ]
    const file = candidates.map((path) => path.replace(/^\//, '')).find((path) => byFile.has(path))
    if (file === undefined) throw new Error(`A terminal printed lines of ${shown}, which is not compiled into the API server.`)
    return file
  }

  return {
    lists: async ({ path, bare, lines }) => {
      const file = fileOf(path)
      const source = (await readFile(byFile.get(file) ?? '', 'utf8')).split('\n')
      const [from, to] = [lines[0]?.number ?? 0, lines.at(-1)?.number ?? 0]
      for (const [at, line] of lines.entries()) {
        if (line.number === from + at && source[line.number - 1] === line.text) continue
        throw new Error(`Line ${line.number} of ${file} is not what the terminal printed: ${line.text}`)
      }
      return { file, from, to, arrow: lines.find((line) => line.arrow)?.number ?? null, ...(bare && { bare }) }
    },
    refuseSource: async (texts, where) => {
      const wanted = new Set<string>()
      for (const text of texts) {
        for (const line of text.split(/\r?\n/)) {
          // Also behind a number, as in the columns of pprof.
          for (const part of [line, line.replace(/^.*?\d+:/, '')]) if (part.trim().length >= TELLING_LENGTH) wanted.add(part.trim())
        }
      }
      for (const { file, path } of compiled) {
        const found = (await readFile(path, 'utf8')).split('\n').find((line) => wanted.has(line.trim()))
        if (found === undefined) continue
        throw new BookError(`A line of ${file} would be recorded: ${found.trim()}`, where, 'let src/verify/listing.ts know how it was printed.')
      }
    },
  }
}
