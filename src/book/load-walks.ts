/** Loads a chapter's `walks.yaml` and checks what its shape alone cannot: that names are unique and every stop exists. */
import { join } from 'node:path'
import { BookError } from './book-error.ts'
import { stopsIn } from './places.ts'
import { type Step, type Walk, Walks } from './walk.ts'
import { readYaml } from './yaml-file.ts'

export interface LoadedWalks extends Walks {
  where: { stops: ReadonlyMap<string, string>; steps: ReadonlyMap<string, string> }
}

/** Stops and walks of the chapter in `directory`, with the lines they are written on. Throws BookError. */
export async function loadWalks(directory: string): Promise<LoadedWalks> {
  const { data, where } = await readYaml(join(directory, 'walks.yaml'), Walks)
  const stops = new Map<string, string>()
  const steps = new Map<string, string>()
  for (const [at, stop] of data.stops.entries()) add(stops, stop.id, `stop "${stop.id}"`, where(['stops', at]))
  const walks = new Map<string, string>()
  for (const [at, walk] of data.walks.entries()) {
    add(walks, walk.id, `walk "${walk.id}"`, where(['walks', at]))
    checkSetup(walk, where(['walks', at]))
    for (const [place, step] of walk.steps.entries()) {
      const path = ['walks', at, 'steps', place]
      add(steps, `${walk.id}/${step.id}`, `step "${step.id}" of walk "${walk.id}"`, where(path))
      for (const id of stopsIn(step.type)) known(id, stops, where([...path, 'type']))
      for (const [index, promise] of step.promises.entries()) {
        if ('halts' in promise) known(promise.halts, stops, where([...path, 'promises', index]))
      }
      checkRuns(step, where(path))
    }
  }
  if (data.walks[0]?.kind !== 'walk')
    throw new BookError(
      'The first walk is none that readers walk.',
      where(['walks', 0]),
      'begin with one of kind `walk`: its recording is what the panes show first.',
    )
  return { ...data, where: { stops, steps } }
}

function checkSetup({ setup }: Walk, where: string): void {
  if (setup?.start !== 'halted' || setup.commands.length === 0) return
  throw new BookError('Commands cannot be run while the API server is held.', where, 'leave out `commands`, or `start: halted`.')
}

function add(seen: Map<string, string>, id: string, words: string, where: string): void {
  const first = seen.get(id)
  if (first) throw new BookError(`There are two: ${words}; the first is at ${first}.`, where, 'give one of them another id.')
  seen.set(id, where)
}

function known(id: string, stops: ReadonlyMap<string, string>, where: string): void {
  if (stops.has(id)) return
  throw new BookError(`There is no stop "${id}".`, where, `name one of: ${[...stops.keys()].join(', ') || '(no stops yet)'}.`)
}

function checkRuns(step: Step, where: string): void {
  if (step.terminal === 'debugger' || !step.promises.some((promise) => 'runs' in promise)) return
  throw new BookError(
    `Step "${step.id}" is typed into the shell, yet promises that the server runs on.`,
    where,
    'promise `runs` of debugger commands only.',
  )
}
