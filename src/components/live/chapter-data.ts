/** Makes what a chapter's page is told of its walks: stops become places, commands become ready to be typed. */
import type { Book, Chapter } from '../../book/book.ts'
import { fillIn } from '../../book/places.ts'
import type { ChapterData } from '../../browser/chapter-data.ts'
import { type ResolvedStop, resolveStop } from '../../source/resolve-stop.ts'
import { address } from '../address.ts'
import { stagePlaces } from './stage-places.ts'

/** Data of `chapter`. Throws BookError when a stop leads nowhere. */
export async function chapterData({ stages }: Pick<Book, 'stages'>, chapter: Chapter): Promise<ChapterData> {
  const resolved = await stopsOf(chapter)
  const locations = Object.fromEntries([...resolved].map(([id, { location }]) => [id, location]))
  return {
    id: chapter.id,
    stops: Object.fromEntries([...resolved].map(([id, { file, line, function: name }]) => [id, { file, line, function: name }])),
    stages: stagePlaces.filter(({ stage }) => stages.some(({ id }) => id === stage)),
    walks: chapter.walks
      .filter(({ kind }) => kind !== 'errata')
      .map(({ id, title, setup, steps }) => ({
        id,
        title,
        prepared: setup !== undefined,
        steps: steps.map((step) => ({
          id: step.id,
          title: step.title,
          terminal: step.terminal,
          typed: fillIn(step.type, locations),
          promises: step.promises,
        })),
      })),
    recording: chapter.recording && address(`data/${chapter.id}/recorded.json`),
  }
}

/** Every stop of a chapter with its place, by id. */
export async function stopsOf(chapter: Chapter): Promise<Map<string, ResolvedStop>> {
  const where = (id: string) => chapter.where.stops.get(id) ?? `content/${chapter.id}/walks.yaml`
  return new Map(await Promise.all(chapter.stops.map(async ({ id, ...stop }) => [id, await resolveStop(stop, where(id))] as const)))
}
