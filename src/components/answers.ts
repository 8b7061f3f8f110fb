/** Where a reader finds what answers a command of the founding text. */
import type { Book } from '../book/book.ts'
import { address } from './address.ts'

/** A link to a step (`chapter/walk/step`), or to the chapter's rows (`content/chapter/index.mdx:12`). A step that no page shows is proof of such a row. */
export function placeOfAnswer({ chapters }: Pick<Book, 'chapters'>, answer: string): { href: string; words: string } {
  const row = /^content\/([^/]+)\/index\.mdx:\d+$/.exec(answer)
  const [id, walkId, stepId] = row ? [row[1]] : answer.split('/')
  const chapter = chapters.find((one) => one.id === id)
  const walk = chapter?.walks.find((one) => one.id === walkId && one.kind !== 'errata')
  const step = walk?.steps.find((one) => one.id === stepId)
  if (!chapter) throw new Error(`"${answer}" is in no chapter.`)
  if (!walk || !step) return { href: `${address(`${chapter.id}/`)}#you-may-have-read`, words: `${chapter.title}: you may have read` }
  return { href: `${address(`${chapter.id}/`)}#${walk.id}-${step.id}`, words: `${chapter.title}: ${step.title}` }
}
