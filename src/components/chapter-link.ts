/** Where a chapter is that a text or a figure names by its id, and what it is called. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import { loadBook } from '../book/load.ts'

export interface ChapterLink {
  /** The path inside the site, without a leading slash. */
  path: string
  /** The chapter's title, or the heading in it. */
  title: string
}

/** Rejects with BookError where the book has no chapter `id`, or its text not the `heading` (of the second order, as written); `where` is the file that names it. */
export async function chapterLink({ id, heading }: { id: string; heading?: string | undefined }, where: string): Promise<ChapterLink> {
  const { chapters } = await loadBook('content', { recordings: 'ignored' })
  const chapter = chapterNamed(chapters, id, where)
  if (heading === undefined) return { path: `${id}/`, title: chapter.title }
  const text = await readFile(join(chapter.directory, 'index.mdx'), 'utf8')
  const headings: string[] = text.match(/(?<=^## ).+$/gm) ?? []
  if (!headings.includes(heading)) {
    throw new BookError(`The chapter "${id}" has no heading "${heading}".`, where, `name one of: ${headings.join(', ')}.`)
  }
  return { path: `${id}/#${anchorOf(heading)}`, title: heading }
}

/** The chapter with the id. Throws BookError where there is none; `where` is the file that names it. */
export function chapterNamed(chapters: readonly Chapter[], id: string, where: string): Chapter {
  const chapter = chapters.find((one) => one.id === id)
  if (chapter) return chapter
  throw new BookError(`There is no chapter "${id}".`, where, `name one of content/book.yaml: ${chapters.map((one) => one.id).join(', ')}.`)
}

/** As Astro makes the ids of headings, which is GitHub's way. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}
