/** How chapters and stages of the map belong together. */
import type { Book } from '../book/book.ts'
import { address } from './address.ts'

/** Address of the chapter to which each stage's station leads, leaving out the chapter `but` (the page one is on). */
export function chapterByStage(book: Pick<Book, 'stages'>, but: string | null = null): Record<string, string> {
  const elsewhere = book.stages.filter(({ chapter }) => chapter !== but)
  return Object.fromEntries(elsewhere.map(({ id, chapter }) => [id, address(`${chapter}/`)]))
}

/** The stages of a chapter in words: `Routing to etcd`, or the one there is. */
export function stagesInWords(book: Book, stages: readonly string[]): string {
  const name = (id: string | undefined) => book.stages.find((stage) => stage.id === id)?.name ?? ''
  const [from, to] = [name(stages.at(0)), name(stages.at(-1))]
  return from === to ? from : `${from} to ${to}`
}
