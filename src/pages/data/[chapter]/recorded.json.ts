/** A chapter's recording, for the player. */
import type { APIRoute, GetStaticPaths } from 'astro'
import { loadBook } from '../../../book/load.ts'
import type { Recording } from '../../../book/recording.ts'

export const getStaticPaths = (async () => {
  const book = await loadBook('content')
  return book.chapters.flatMap(({ id, recording }) => (recording ? [{ params: { chapter: id }, props: { recording } }] : []))
}) satisfies GetStaticPaths

export const GET: APIRoute<{ recording: Recording }> = ({ props }) => Response.json(props.recording)
