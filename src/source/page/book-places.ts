/** What the book has in each source file: stops, recorded stacks that passed through, and where its lines are in other releases. */
import type { Book, Chapter } from '../../book/book.ts'
import type { Drift } from '../../book/drift.ts'
import type { Step, Walk } from '../../book/walk.ts'
import { hasPage, moduleFile } from '../address.ts'
import { withoutTypeArguments } from '../functions.ts'
import { resolveStop } from '../resolve-stop.ts'
import type { BookStep, MovedLine, Passing, RecordedStack, SourcePageData, StopHere } from './data.ts'

/** The book's part of a page's data. */
export type InBook = Pick<SourcePageData, 'stops' | 'stacks' | 'passing' | 'moved'>

/** By the file's name in the debug information; files that the book does not touch are left out. Throws BookError when a stop leads nowhere. */
export async function bookPlaces({ chapters }: Pick<Book, 'chapters'>, drift: Drift | null): Promise<ReadonlyMap<string, InBook>> {
  const [stops, passings] = [await stopsByFile(chapters), passingsByFile(chapters)]
  const moved = movedByFile(drift)
  const files = new Set([...stops.keys(), ...passings.keys()])
  return new Map(
    [...files].map((file) => {
      const { module, inside } = moduleFile(file)
      const lines = moved.get(`${module}/${inside}`)
      const here = stops.get(file)
      return [file, { ...(here && { stops: here }), ...passings.get(file), ...(lines && { moved: lines }) }] as const
    }),
  )
}

/** Walks that a page shows, so that a link finds their steps. */
function shownWalks({ walks }: Chapter): Walk[] {
  return walks.filter(({ kind }) => kind !== 'errata')
}

function bookStep(chapter: Chapter, walk: Walk, step: Step): BookStep {
  return { chapter: chapter.title, href: `${chapter.id}/#${walk.id}-${step.id}`, step: walk.steps.indexOf(step) + 1, title: step.title }
}

async function stopsByFile(chapters: readonly Chapter[]): Promise<Map<string, StopHere[]>> {
  const found = new Map<string, StopHere[]>()
  for (const chapter of chapters) {
    for (const { id, ...stop } of chapter.stops) {
      const place = await resolveStop(stop, chapter.where.stops.get(id) ?? `content/${chapter.id}/walks.yaml`)
      const steps = shownWalks(chapter).flatMap((walk) => {
        const first = walk.steps.find(({ promises }) => promises.some((promise) => 'halts' in promise && promise.halts === id))
        return first ? [bookStep(chapter, walk, first)] : []
      })
      if (steps.length === 0 || !hasPage(moduleFile(place.file))) continue
      const here = found.get(place.file) ?? []
      const same = here.find(({ line }) => line === place.line)
      if (same) same.steps = [...same.steps, ...steps]
      else here.push({ line: place.line, function: stop.function, steps })
      found.set(
        place.file,
        here.sort((a, b) => a.line - b.line),
      )
    }
  }
  return found
}

/** One stack of a recording, and whether a breakpoint of the walk halted it. */
interface Seen {
  stack: RecordedStack
  more: boolean
}

function passingsByFile(chapters: readonly Chapter[]): Map<string, Required<Pick<InBook, 'stacks' | 'passing'>>> {
  const byFile = new Map<string, Map<string, { seen: Seen; frame: number; steps: BookStep[] }>>()
  for (const seen of chapters.flatMap(recordedStacks)) {
    for (const [frame, [file, , name]] of seen.stack.frames.entries()) {
      if (!hasPage(moduleFile(file))) continue
      const functions = byFile.get(file) ?? new Map()
      byFile.set(file, functions)
      const bare = bareName(name)
      const known = functions.get(bare)
      const { step } = seen.stack
      if (!known) functions.set(bare, { seen, frame, steps: [step] })
      else {
        if (better({ seen, frame }, known)) Object.assign(known, { seen, frame })
        if (!known.steps.some((one: BookStep) => one.chapter === step.chapter)) known.steps.push(step)
      }
    }
  }
  return new Map([...byFile].map(([file, functions]) => [file, numbered(functions)]))
}

/** Each stack once, and functions that name it by its place. */
function numbered(functions: ReadonlyMap<string, { seen: Seen; frame: number; steps: BookStep[] }>): Required<Pick<InBook, 'stacks' | 'passing'>> {
  const stacks = [...new Set([...functions.values()].map(({ seen }) => seen.stack))]
  const passing = [...functions].map(([name, { seen, frame, steps }]): [string, Passing] => [
    name,
    { stack: stacks.indexOf(seen.stack), frame, steps },
  ])
  return { stacks, passing: Object.fromEntries(passing) }
}

/** A stack that was halted in the very function says most of it; then one that is whole; then the earliest in the book. */
function better(one: { seen: Seen; frame: number }, than: { seen: Seen; frame: number }): boolean {
  if ((one.frame === 0) !== (than.frame === 0)) return one.frame === 0
  return than.seen.more && !one.seen.more
}

function recordedStacks(chapter: Chapter): Seen[] {
  return shownWalks(chapter).flatMap((walk) => {
    const recorded = chapter.recording?.walks.find(({ id }) => id === walk.id)
    return (recorded?.steps ?? []).flatMap(({ id, events }) => {
      const step = walk.steps.find((one) => one.id === id)
      if (!step) return []
      return events.flatMap((event): Seen[] => {
        if (!('debugger' in event) || event.debugger.type !== 'stack') return []
        const frames = event.debugger.frames.map(({ file, line, function: name }) => [file, line, name] as const)
        return [{ stack: { step: bookStep(chapter, walk, step), frames }, more: event.debugger.more }]
      })
    })
  })
}

function movedByFile(drift: Drift | null): Map<string, MovedLine[]> {
  const found = new Map<string, MovedLine[]>()
  for (const { module, file, function: name, line, fates } of drift?.places ?? []) {
    const key = `${module}/${file}`
    const lines = found.get(key) ?? []
    if (!lines.some((one) => one.line === line && one.function === name)) lines.push({ function: name, line, fates })
    found.set(key, lines)
  }
  return found
}

/** A function of the debug information as its file names it: `(*store).Create`, without its package and type arguments. */
function bareName(name: string): string {
  const bare = withoutTypeArguments(name)
  const last = bare.slice(bare.lastIndexOf('/') + 1)
  return last.slice(last.indexOf('.') + 1)
}
