/** The walks of a page: which step a button belongs to, and how each walk stands. */
import type { ChapterData, ChapterWalk, WalkStep } from './chapter-data.ts'
import { Progress } from './progress.ts'
import { WalkView } from './walk-view.ts'

export interface PageWalk {
  walk: ChapterWalk
  view: WalkView
  progress: Progress
}

/** A step, with its walk and its place in it. */
export interface PageStep {
  of: PageWalk
  step: WalkStep
  at: number
}

/** The walks of `data` that the page shows, in order. */
export function walksOf(data: ChapterData): PageWalk[] {
  return [...document.querySelectorAll<HTMLElement>('.walk[data-walk]')].flatMap((root) => {
    const walk = data.walks.find((one) => one.id === root.dataset.walk)
    return walk ? [{ walk, view: new WalkView(root, walk), progress: new Progress(data.id, walk.id) }] : []
  })
}

/** The step that `target` is in; null when it is in none. */
export function stepOf(walks: readonly PageWalk[], target: Element): PageStep | null {
  const root = target.closest<HTMLElement>('.step')
  const of = walks.find(({ walk }) => walk.id === root?.closest<HTMLElement>('.walk')?.dataset.walk)
  const at = of?.walk.steps.findIndex((step) => step.id === root?.dataset.step) ?? -1
  const step = of?.walk.steps[at]
  return of && step ? { of, step, at } : null
}
