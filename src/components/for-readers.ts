/** How much of a chapter there is to do: what only proves "You may have read" is not counted. */
import type { Chapter } from '../book/book.ts'

export function forReaders({ walks }: Pick<Chapter, 'walks'>): { walks: number; exercises: number; steps: number } {
  const shown = walks.filter(({ kind }) => kind !== 'errata')
  return {
    walks: shown.filter(({ kind }) => kind === 'walk').length,
    exercises: shown.filter(({ kind }) => kind === 'exercise').length,
    steps: shown.reduce((sum, walk) => sum + walk.steps.length, 0),
  }
}
