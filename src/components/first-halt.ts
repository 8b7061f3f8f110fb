/** The first halt of a chapter's recording, and what is worth showing of it. Pure. */
import type { Chapter } from '../book/book.ts'

/** The halt's place and the values there (arguments, then locals); what it keeps waiting, or null; the first question asked, and its answer. */
export type FirstHalt = NonNullable<ReturnType<typeof firstHalt>>

/** The first halt at a breakpoint, or null while nothing is recorded. */
export function firstHalt({ directory, recording, walks }: Chapter) {
  for (const walk of recording?.walks ?? []) {
    const terminal = (id: string) => walks.find(({ id }) => id === walk.id)?.steps.find((step) => step.id === id)?.terminal
    for (const [index, step] of walk.steps.entries()) {
      const told = step.events.flatMap((event) => ('debugger' in event ? [event.debugger] : []))
      const halted = told.flatMap((event) =>
        event.type === 'target' && event.state.is === 'halted' && event.state.breakpoint !== null ? [event.state] : [],
      )[0]
      if (!recording || !halted) continue
      const values = told.flatMap((event) => (event.type === 'variables' && event.frame === 0 ? [...event.arguments, ...event.locals] : []))
      const asked = walk.steps.slice(index + 1).find((later) => terminal(later.id) === 'debugger' && later.typed.startsWith('print '))
      return {
        at: halted.at,
        where: `${directory}/recorded.json`,
        kubernetes: recording.kubernetes,
        day: recording.day,
        values,
        waits: terminal(step.id) === 'shell' ? step.typed : null,
        asked: asked ? { typed: asked.typed, answer: asked.said.trim().split('\n')[0] ?? '' } : null,
      }
    }
  }
  return null
}
