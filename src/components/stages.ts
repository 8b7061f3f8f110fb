/** How chapters and stages of the map belong together. */
import type { Book } from '../book/book.ts'
import { address } from './address.ts'

/** Address of the first chapter about each stage that has one, leaving out the chapter `but` (the page one is on). */
export function chapterByStage(book: Book, but: string | null = null): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { id, stages } of book.chapters) {
    if (id === but) continue
    for (const stage of stages) found[stage] ??= address(`${id}/`)
  }
  return found
}

/** The stages of a chapter in words: `Routing to etcd`, or the one there is. */
export function stagesInWords(book: Book, stages: readonly string[]): string {
  const name = (id: string | undefined) => book.stages.find((stage) => stage.id === id)?.name ?? ''
  const [from, to] = [name(stages.at(0)), name(stages.at(-1))]
  return from === to ? from : `${from} to ${to}`
}
