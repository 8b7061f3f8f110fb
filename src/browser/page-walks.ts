/** The walks of a page: which step a button belongs to, and how each walk stands. */
import type { ChapterData, ChapterWalk, WalkStep } from './chapter-data.ts'
import { Progress } from './progress.ts'
import { WalkView } from './walk-view.ts'

export interface PageWalk {
  /** `chapter/walk`. */
  name: string
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
    if (!walk) return []
    const name = `${data.id}/${walk.id}`
    return [{ name, walk, view: new WalkView(root, walk), progress: new Progress(name, walk.title) }]
  })
}

/** The walk that `target` is in; undefined when it is in none. */
export function walkOf(walks: readonly PageWalk[], target: Element): PageWalk | undefined {
  const id = target.closest<HTMLElement>('.walk')?.dataset.walk
  return walks.find(({ walk }) => walk.id === id)
}

/** The step that `target` is in; null when it is in none. */
export function stepOf(walks: readonly PageWalk[], target: Element): PageStep | null {
  const root = target.closest<HTMLElement>('.step')
  const of = root ? walkOf(walks, root) : undefined
  const at = of?.walk.steps.findIndex((step) => step.id === root?.dataset.step) ?? -1
  const step = of?.walk.steps[at]
  return of && step ? { of, step, at } : null
}
