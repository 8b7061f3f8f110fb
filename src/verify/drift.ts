/** Looks for every stop and excerpt of the book in other releases, writes what it finds, and prints a table. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chapter } from '../book/book.ts'
import type { Drift, Drifted, Fate } from '../book/drift.ts'
import { excerptsOf } from '../book/excerpts.ts'
import { loadBook } from '../book/load.ts'
import { PinsError } from '../pins/pins-error.ts'
import { openRelease, RELEASES, type Release } from '../pins/releases.ts'
import { versions } from '../pins/versions.ts'
import { STANDARD_LIBRARY } from '../source/address.ts'
import { type Line, lineElsewhere } from '../source/elsewhere.ts'
import { excerpt } from '../source/excerpt.ts'
import { pinnedFile } from '../source/pinned-files.ts'
import { resolveStop } from '../source/resolve-stop.ts'
import { sourceText } from '../source/source-text.ts'

interface Place extends Line {
  chapter: string
  what: string
  module: string
}

/** Compares the book with the releases that stand for `minors`, and writes `drift.json` into `content`. Throws BookError and PinsError. */
export async function compareReleases(content: string, minors: readonly string[], log: (line: string) => void): Promise<Drift> {
  const releases = await Promise.all(minors.map(async (minor) => [minor, await openRelease(minor)] as const))
  const book = await loadBook(content, { recordings: 'ignored' })
  const places: Drifted[] = []
  for (const chapter of book.chapters) {
    for (const place of await placesOf(chapter)) {
      const fates = await Promise.all(releases.map(async ([minor, release]) => [minor, await fateIn(place, release)] as const))
      const { text: _, ...rest } = place
      places.push({ ...rest, fates: Object.fromEntries(fates) })
    }
  }
  const drift: Drift = {
    of: versions().kubernetes,
    releases: Object.fromEntries(minors.map((minor) => [minor, RELEASES[minor] ?? ''])),
    places,
  }
  await writeFile(join(content, 'drift.json'), layOut(drift))
  for (const line of table(drift)) log(line)
  return drift
}

async function placesOf(chapter: Chapter): Promise<Place[]> {
  const stops = chapter.stops.map(async (stop): Promise<Place> => {
    const { line } = await resolveStop(stop, chapter.where.stops.get(stop.id) ?? chapter.directory)
    return { chapter: chapter.id, what: `stop ${stop.id}`, ...named(stop), line, text: stop.line }
  })
  const excerpts = (await excerptsOf(chapter)).map(async (one): Promise<Place> => {
    const { from } = await excerpt({ ...one, first: one.from ?? undefined, last: one.to ?? undefined })
    const { lines } = await sourceText(await pinnedFile(one.module, one.file, one.where))
    const text = one.from ?? lines[from - 1]?.trim() ?? ''
    return { chapter: chapter.id, what: `excerpt ${one.function}`, ...named(one), line: from, text }
  })
  // The toolchain is the same for every release the book is run with.
  return (await Promise.all([...stops, ...excerpts])).filter(({ module }) => module !== STANDARD_LIBRARY)
}

const named = ({ module, file, function: name }: Pick<Place, 'module' | 'file' | 'function'>) => ({ module, file, function: name })

async function fateIn(wanted: Place, release: Release): Promise<Fate> {
  try {
    return await lineElsewhere(wanted, await release.directoryOf(wanted.module))
  } catch (error) {
    if (error instanceof PinsError && /requires no module/.test(error.message)) return { is: 'gone' }
    throw error
  }
}

/** One place to a line, so that a change of the pins can be read. */
function layOut({ places, ...head }: Drift): string {
  return `${JSON.stringify(head).slice(0, -1)},"places":[\n${places.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`
}

function table({ places, releases }: Drift): string[] {
  const minors = Object.keys(releases)
  const rows = places.map(({ chapter, what, line, fates }) => [`${chapter}: ${what}`, String(line), ...minors.map((minor) => words(fates[minor]))])
  const all = [['', 'here', ...minors], ...rows]
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? []
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function words(fate: Fate | undefined): string {
  if (fate?.is === 'moved') return `moved (${fate.line})`
  if (fate?.is === 'renamed') return `renamed (${fate.function})`
  return fate?.is ?? ''
}
