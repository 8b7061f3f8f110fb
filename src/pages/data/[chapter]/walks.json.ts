/** What a chapter's page fetches on the first touch: its walks, ready to be typed. */
import type { APIRoute, GetStaticPaths } from 'astro'
import type { Book, Chapter } from '../../../book/book.ts'
import { loadBook } from '../../../book/load.ts'
import { chapterData } from '../../../components/live/chapter-data.ts'

export const getStaticPaths = (async () => {
  const book = await loadBook('content')
  return book.chapters.map((chapter) => ({ params: { chapter: chapter.id }, props: { book, chapter } }))
}) satisfies GetStaticPaths

export const GET: APIRoute<{ book: Book; chapter: Chapter }> = async ({ props }) => Response.json(await chapterData(props.book, props.chapter))
