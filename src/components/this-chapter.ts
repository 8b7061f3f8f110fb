/** The chapter whose page is being rendered, for components that stand in its text. */
import type { Chapter } from '../book/book.ts'
import { loadBook } from '../book/load.ts'

/** Throws when no chapter has the id: the component does not stand in a chapter's page. */
export async function chapterOf(id: string | undefined): Promise<Chapter> {
  const found = (await loadBook('content')).chapters.find((chapter) => chapter.id === id)
  if (!found) throw new Error(`There is no chapter "${id}".`)
  return found
}
