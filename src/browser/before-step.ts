/** What stands in the way of running a step live, and the one thing that helps. Pure. */
import type { TargetState } from '../delve/state.ts'
import type { ChapterWalk } from './chapter-data.ts'

/** `do` is what the first button does; the second one runs the step all the same, where that makes sense. */
export type Obstacle =
  /** The session's sandbox was prepared for another walk, or this walk needs one of its own kind. */
  | { is: 'other-sandbox'; words: string; help: string; allTheSame: null }
  /** Another walk was run in this sandbox. */
  | { is: 'used-sandbox'; words: string; help: string; allTheSame: string }
  | { is: 'steps-missing'; words: string; help: string; allTheSame: string }
  /** The command needs a server that runs. */
  | { is: 'server-halted'; words: string; help: string; allTheSame: string }

export interface Situation {
  walk: ChapterWalk
  /** The step's place in the walk. */
  at: number
  /** The walk that the session's sandbox was prepared for, `chapter/walk`; null for a plain one. */
  prepared: string | null
  /** The walk's own name, `chapter/walk`. */
  name: string
  /** Steps of this walk that were run in this session, whatever came of them. */
  done: ReadonlySet<string>
  /** Titles of other walks that were run in this sandbox. */
  others: readonly string[]
  target: TargetState | null
}

/** The first thing in the way, or null. */
export function obstacle({ walk, at, prepared, name, done, others, target }: Situation): Obstacle | null {
  const needs = walk.prepared ? name : null
  if (needs !== prepared) {
    return {
      is: 'other-sandbox',
      words: `${needs ? 'This walk has a sandbox of its own kind.' : 'Your sandbox was prepared for another walk.'} What you have done in yours would be lost.`,
      help: 'New sandbox for this walk',
      allTheSame: null,
    }
  }
  if (done.size === 0 && others.length > 0) {
    return {
      is: 'used-sandbox',
      words: `Your sandbox still has what “${others[0]}” left in it: its breakpoints and objects may get in the way.`,
      help: 'New sandbox',
      allTheSame: 'Go on in this one',
    }
  }
  const missing = walk.steps.slice(0, at).filter(({ id }) => !done.has(id))
  const [first] = missing
  if (first) {
    const from = walk.steps.indexOf(first) + 1
    const to = walk.steps.indexOf(missing.at(-1) ?? first) + 1
    return {
      is: 'steps-missing',
      words: from === to ? `Step ${from} has not been run.` : `Steps ${from} to ${to} have not all been run.`,
      help: 'Run to here',
      allTheSame: 'Only this one',
    }
  }
  if (target?.is === 'halted' && walk.steps[at]?.terminal === 'shell' && runsBefore(walk, at)) {
    return {
      is: 'server-halted',
      words: 'The server is halted, and this command needs it to run.',
      help: 'Continue, then run it',
      allTheSame: 'Only this one',
    }
  }
  return null
}

/** Whether the server runs, by the walk's own promises, when the step at `at` is typed. */
function runsBefore({ steps }: ChapterWalk, at: number): boolean {
  const last = steps
    .slice(0, at)
    .flatMap(({ promises }) => promises.filter((promise) => 'halts' in promise || 'runs' in promise))
    .at(-1)
  return last !== undefined && 'runs' in last
}
