/** Which functions the book visits, and where: those it stops in or shows, and those that its recorded stacks passed through. */
import type { Book, Chapter } from '../book/book.ts'
import { excerptsOf } from '../book/excerpts.ts'
import type { Visit } from './function-list-format.ts'
import { withoutTypeArguments } from './functions.ts'
import { type PinnedFile, pinnedFile } from './pinned-files.ts'

/** Visits by `visitKey`. */
export type Visits = ReadonlyMap<string, Visit>

/** Ranks of visits, the lowest first, far enough apart that none changes its kind. */
const RANK = { step: 0, stop: 100, excerpt: 200, stack: 300 }
const AT_HOME = 50
const DEEPEST = 99

/** Names a declared function: its file's name in the debug information, and its name after the package. */
export function visitKey(file: string, declared: string): string {
  return `${file} ${withoutTypeArguments(declared)}`
}

/** The declared function in which a closure stands: `createHandler` for `createHandler.func1.2`. */
export function declaredFunction(name: string): string {
  return name.replace(/(?:\.func\d|\.gowrap\d|-range\d|-fm$).*$/, '')
}

/** A stage of a request's way, and the beginning of files (without their module's version) that belong to it; the longest beginning wins. */
export interface StageFiles {
  stage: string
  file: string
}

/** The stage that a file belongs to; null for none. `path` is `k8s.io/apiserver/pkg/…`, without a version. */
export function stageOfFile(path: string, places: readonly StageFiles[]): string | null {
  const mine = places.filter(({ file }) => path.startsWith(file)).sort((one, other) => other.file.length - one.file.length)
  return mine[0]?.stage ?? null
}

/**
 * What the book visits. A stop counts more than an excerpt, an excerpt more than a stack. Of several chapters the one to which the map's
 * station of the file leads is named, else the one whose stack has the function nearest to its halt, else the first.
 * Rejects with BookError when a stop or an excerpt leads nowhere.
 */
export async function visitsOf({ chapters, stages }: Pick<Book, 'chapters' | 'stages'>, places: readonly StageFiles[]): Promise<Visits> {
  const best = new Map<string, Visit & { rank: number }>()
  const homes = new Map(stages.map(({ id, chapter }) => [id, chapter]))
  const offer = (key: string, rank: number, visit: Visit) => {
    const home = homes.get(stageOfFile(key.replace(/@[^/]+/, ''), places) ?? '')
    const mine = rank - (chapters[visit.chapter]?.id === home ? AT_HOME : 0)
    if (mine < (best.get(key)?.rank ?? Number.POSITIVE_INFINITY)) best.set(key, { ...visit, rank: mine })
  }
  for (const [at, chapter] of chapters.entries()) {
    for (const { id, module, file, function: name } of chapter.stops) {
      const found = await pinnedFile(module, file, chapter.where.stops.get(id) ?? chapter.directory)
      // An exercise or an erratum may stop where the text never goes: its stop leads to the chapter only.
      const anchor = stepThatHalts(chapter, id)
      offer(keyIn(found, name), anchor === '' ? RANK.stop : RANK.step, { standing: 3, chapter: at, anchor })
    }
    for (const { module, file, function: name, where } of await excerptsOf(chapter)) {
      offer(keyIn(await pinnedFile(module, file, where), name), RANK.excerpt, { standing: 3, chapter: at, anchor: '' })
    }
    for (const frames of stacksOf(chapter)) {
      for (const [depth, { file, function: name }] of frames.entries()) {
        offer(visitKey(file, declaredFunction(afterPackage(name))), RANK.stack + Math.min(DEEPEST, depth), { standing: 2, chapter: at, anchor: '' })
      }
    }
  }
  return new Map([...best].map(([key, { rank: _, ...visit }]) => [key, visit]))
}

function keyIn({ file }: PinnedFile, name: string): string {
  return visitKey(file, declaredFunction(name))
}

/** The element of the first step that readers see halt at the stop; empty when none does. */
function stepThatHalts({ walks }: Chapter, stop: string): string {
  for (const { id, kind, steps } of walks) {
    if (kind === 'errata') continue
    const step = steps.find(({ promises }) => promises.some((promise) => 'halts' in promise && promise.halts === stop))
    if (step) return `${id}-${step.id}`
  }
  return ''
}

/** Every stack that a chapter's recording holds. */
function stacksOf({ recording }: Chapter): { file: string; function: string }[][] {
  return (recording?.walks ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ events }) => events.flatMap((event) => ('debugger' in event && event.debugger.type === 'stack' ? [event.debugger.frames] : []))),
  )
}

/** A function's name without its package's path: type arguments hold slashes and dots of their own, so they go first. */
function afterPackage(name: string): string {
  const bare = withoutTypeArguments(name)
  const short = bare.slice(bare.lastIndexOf('/') + 1)
  return short.slice(short.indexOf('.') + 1)
}
