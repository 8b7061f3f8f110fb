/** Makes what an excerpt shows: coloured lines, the book's stops among them, and what was changed. */
import { readFile } from 'node:fs/promises'
import { highlightGo } from '../../browser/highlight.ts'
import { type Excerpt, type ExcerptOptions, excerpt } from '../../source/excerpt.ts'
import { resolveStop } from '../../source/resolve-stop.ts'
import type { ChangedLine } from '../../source/source-text.ts'
import { chapterOf } from '../this-chapter.ts'

/** One line: its number, its HTML without the indentation that all lines share, the ids of the stops on it, and how it differs from the release. */
export interface ShownLine {
  line: number
  html: string
  stops: readonly string[]
  changed: ChangedLine | null
}

export interface Cut extends Excerpt {
  shown: readonly ShownLine[]
}

/** Cuts an excerpt that stands in the text of `chapter`. Throws BookError with the line of the text. */
export async function cut(options: Omit<ExcerptOptions, 'where'>, chapter: string): Promise<Cut> {
  const found = await excerpt({ ...options, where: await placeInText(chapter, options.function) })
  const coloured = (await highlightGo(found.whole)).slice(found.from - 1, found.to)
  const indent = commonIndent(found.lines)
  const stops = await stopsIn(found, chapter)
  const shown = coloured.map((html, at) => {
    const line = found.from + at
    return {
      line,
      html: withoutIndent(html, indent),
      stops: stops.filter((stop) => stop.line === line).map(({ id }) => id),
      changed: found.changed.find((change) => change.line === line) ?? null,
    }
  })
  return { ...found, shown }
}

/** Stops of the chapter that fall into the excerpt: those of others would say nothing to who reads this one. */
async function stopsIn({ file, from, to }: Excerpt, id: string): Promise<{ id: string; line: number }[]> {
  const chapter = await chapterOf(id)
  const resolved = await Promise.all(
    chapter.stops.map(async (stop) => ({ id: stop.id, ...(await resolveStop(stop, chapter.where.stops.get(stop.id) ?? chapter.directory)) })),
  )
  return resolved.filter((stop) => stop.file === file && from <= stop.line && stop.line <= to)
}

/** Where the excerpt of a function is asked for, `content/…/index.mdx:12`: a component is not told its own line. */
async function placeInText(chapter: string, name: string): Promise<string> {
  const path = `content/${chapter}/index.mdx`
  const lines = await readFile(path, 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const at = lines.findIndex((line) => line.includes(`function="${name}"`))
  return at < 0 ? path : `${path}:${at + 1}`
}

/** Tabs that every line with text begins with. */
function commonIndent(lines: readonly string[]): number {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => /^\t*/.exec(line)?.[0].length ?? 0)
  return depths.length === 0 ? 0 : Math.min(...depths)
}

/** A line of a comment or raw string has its tabs within its colour. */
function withoutIndent(html: string, tabs: number): string {
  return html.replace(new RegExp(`^(<span class="\\w">)?\\t{${tabs}}`), '$1')
}
