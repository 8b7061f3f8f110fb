/** The text of a compiled file as it was compiled: the release's, with this book's two changes where they fall. */
import { readFile } from 'node:fs/promises'
import { applyChange, type Change, changes, PATCHED_MODULE } from '../pins/patch.ts'
import type { PinnedFile } from './pinned-files.ts'

/** A line that differs from the release. `from` and `to` are the texts within it. */
export interface ChangedLine extends Pick<Change, 'from' | 'to' | 'why'> {
  line: number
}

/** The lines of a file, without line ends, and which of them were changed. */
export interface SourceText {
  lines: readonly string[]
  changed: readonly ChangedLine[]
}

/** Reads a file. Throws PinsError when a change does not fit the pins. */
export async function sourceText(file: PinnedFile): Promise<SourceText> {
  const mine = changesOf(file)
  const released = await readFile(file.path, 'utf8')
  const lines = mine.reduce(applyChange, released).split('\n')
  // The last line ends with a newline; what follows it is no line.
  if (lines.at(-1) === '') lines.pop()
  const changed = mine.map(({ from, to, why }) => ({ from, to, why, line: lines.findIndex((line) => line.includes(to)) + 1 }))
  return { lines, changed }
}

/** The changed lines of all files, by the file's name in the debug information. */
export async function changedLines(files: readonly PinnedFile[]): Promise<Record<string, readonly ChangedLine[]>> {
  const touched = files.filter((file) => changesOf(file).length > 0)
  return Object.fromEntries(await Promise.all(touched.map(async (file) => [file.file, (await sourceText(file)).changed] as const)))
}

/** The changes that fall into a file; none for almost every one. */
export function changesOf(file: PinnedFile): Change[] {
  return file.module === PATCHED_MODULE ? changes.filter((change) => change.file === file.inside) : []
}
