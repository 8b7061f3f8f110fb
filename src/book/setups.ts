/** What the sandboxes of a book's walks need, by the walk's name. */
import type { Book } from './book.ts'
import type { Setup } from './walk.ts'

/** Every walk that readers may run, as `chapter/walk`, with its set-up; null when it needs none. */
export function setupsOf({ chapters }: Pick<Book, 'chapters'>): Map<string, Setup | null> {
  return new Map(
    chapters.flatMap(({ id, walks }) =>
      walks.filter(({ kind }) => kind !== 'errata').map((walk) => [`${id}/${walk.id}`, walk.setup ?? null] as const),
    ),
  )
}
