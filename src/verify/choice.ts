/** Which walks verify runs: all, those of some chapters, or one by its name. */
import { relative } from 'node:path'
import type { Book, Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import type { Walk } from '../book/walk.ts'

/** What was asked for; an empty list means all. A walk is named `chapter/walk`, or by its own id. */
export interface Choice {
  chapters: readonly string[]
  walks: readonly string[]
}

export interface Chosen {
  chapter: Chapter
  walks: readonly Walk[]
}

/** The chosen walks by chapter, in the book's order. Throws BookError when a name is of nothing. */
export function chosenWalks(book: Book, { chapters, walks }: Choice, content: string): Chosen[] {
  const ids = book.chapters.map(({ id }) => id)
  const names = book.chapters.flatMap((chapter) => chapter.walks.map((walk) => `${chapter.id}/${walk.id}`))
  refuseUnknown('chapter', chapters, ids, ids, content)
  refuseUnknown('walk', walks, [...names, ...names.map((name) => name.slice(name.indexOf('/') + 1))], names, content)
  const wanted = (chapter: Chapter) => chapters.length === 0 || chapters.includes(chapter.id)
  const named = (chapter: Chapter, walk: Walk) => walks.length === 0 || walks.includes(walk.id) || walks.includes(`${chapter.id}/${walk.id}`)
  return book.chapters
    .filter(wanted)
    .map((chapter) => ({ chapter, walks: chapter.walks.filter((walk) => named(chapter, walk)) }))
    .filter((chosen) => chosen.walks.length > 0)
}

function refuseUnknown(what: string, asked: readonly string[], known: readonly string[], shown: readonly string[], content: string): void {
  const unknown = asked.find((id) => !known.includes(id))
  if (unknown === undefined) return
  throw new BookError(`There is no ${what} "${unknown}".`, `${relative('', content)}/book.yaml`, `name one of: ${shown.join(', ')}.`)
}
