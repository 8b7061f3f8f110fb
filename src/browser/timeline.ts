/** Lays a recorded walk out in time: every event with its moment, so that a player can go anywhere. Pure. */
import type { RecordedEvent, Recording } from '../book/recording.ts'

export type RecordedWalk = Recording['walks'][number]

/** An event at `at` milliseconds of the timeline; `step` is the index of its step, -1 before the first. */
export interface Moment {
  at: number
  step: number
  event: RecordedEvent
}

/** A step's span: from when it is typed until its last event. */
export interface Span {
  from: number
  to: number
}

export interface Timeline {
  moments: readonly Moment[]
  spans: readonly Span[]
  /** Milliseconds. */
  length: number
}

/** A step is shown for at least this long, so that the eye can follow, and at most this long, since waiting teaches nothing (milliseconds). */
const SHORTEST = 900
const LONGEST = 4000
/** Time before the first step, so that there is a moment at which nothing has been typed. */
const LEAD = 400
/** Time to read between one step and the next. */
const PAUSE = 1600

/** Steps in their own pace, long waits shortened, with a pause after each. */
export function timelineOf(walk: RecordedWalk): Timeline {
  const moments: Moment[] = walk.before.map((event) => ({ at: 0, step: -1, event }))
  const spans: Span[] = []
  let now = LEAD
  for (const [step, { took, events }] of walk.steps.entries()) {
    const last = Math.max(took, ...events.map((event) => event.at))
    const pace = last > LONGEST ? LONGEST / last : 1
    for (const event of events) moments.push({ at: now + Math.round(event.at * pace), step, event })
    const to = now + Math.max(SHORTEST, Math.round(last * pace))
    spans.push({ from: now, to })
    now = to + PAUSE
  }
  return { moments, spans, length: Math.max(0, now - PAUSE) }
}

/** The index of the step that time `at` belongs to: a pause belongs to the step before it. */
export function stepAt(timeline: Timeline, at: number): number {
  const next = timeline.spans.findIndex((span) => span.from > at)
  return next === -1 ? timeline.spans.length - 1 : next - 1
}

/** The end of the first step that halts the target, which is what the page shows before anything is played. */
export function posterAt({ moments, spans }: Timeline): number {
  const halt = moments.find(
    ({ event }) =>
      'debugger' in event && event.debugger.type === 'target' && event.debugger.state.is === 'halted' && event.debugger.state.breakpoint !== null,
  )
  return spans[halt?.step ?? -1]?.to ?? 0
}

/** Milliseconds from Enter to the last event of a step: what was typed shows key by key before it. */
export function tookAfterEnter({ events }: RecordedWalk['steps'][number], terminal: 'debugger' | 'shell'): number {
  const enter = events.find((event) => 'says' in event && event.terminal === terminal && event.says.includes('\n'))
  return Math.max(0, (events.at(-1)?.at ?? 0) - (enter?.at ?? 0))
}
