/** Turns what happened in a step into what is recorded of it: scrubbed, without a line of source, and few events. */
import { scrub, volatile } from '../book/check/scrub.ts'
import type { RecordedEvent } from '../book/recording.ts'
import type { DebuggerEvent } from '../delve/state.ts'
import type { Program } from '../sandbox/sandbox.ts'
import { findListings } from './listing.ts'
import type { Pins } from './pins.ts'
import type { RawEvent } from './tape.ts'

/** Pieces of one terminal's output that came within so many milliseconds are one event. */
const TOGETHER_MS = 12

/** Gives goroutines numbers that stay from run to run: 1, 2, 3, as they appear. */
export class Goroutines {
  readonly #names = new Map<number, number>()

  name(id: number): number {
    if (id <= 0) return id
    const name = this.#names.get(id) ?? this.#names.size + 1
    this.#names.set(id, name)
    return name
  }
}

type Lists = Extract<RecordedEvent, { lists: unknown }>['lists']
/** A stretch of a terminal's output, and what stands for it. */
type Edit = { from: number; to: number; instead: string | Lists }

/** What is recorded of `raw`. Throws when a terminal printed source that is not the pin's. */
export async function recordedEvents(raw: readonly RawEvent[], goroutines: Goroutines, pins: Pins): Promise<RecordedEvent[]> {
  // Goroutines are named in the order of the debugger's own events, which come before the words of a terminal are on its screen.
  for (const { happening } of raw) if ('debugger' in happening) scrubEvent(happening.debugger, goroutines)
  const said = { debugger: await pieces(raw, 'debugger', goroutines, pins), shell: await pieces(raw, 'shell', goroutines, pins) }
  const events: RecordedEvent[] = []
  for (const { at, happening } of raw) {
    if ('debugger' in happening) {
      events.push({ at, debugger: scrubEvent(happening.debugger, goroutines) })
      continue
    }
    const { terminal } = happening
    for (const part of said[terminal].shift() ?? []) {
      const last = events.at(-1)
      if (typeof part !== 'string') events.push({ at, terminal, lists: part })
      else if (last && 'says' in last && last.terminal === terminal && at - last.at <= TOGETHER_MS) last.says += part
      else if (part !== '') events.push({ at, terminal, says: part })
    }
  }
  return events
}

/** For each piece of output of `terminal`, what is recorded of it. What is replaced may reach over several pieces: it goes where it began. */
async function pieces(raw: readonly RawEvent[], terminal: Program, goroutines: Goroutines, pins: Pins): Promise<(string | Lists)[][]> {
  const said = raw.flatMap(({ happening }) => ('terminal' in happening && happening.terminal === terminal ? [happening.says] : []))
  const whole = said.join('')
  const listings: Edit[] = []
  for (const listing of findListings(whole)) listings.push({ from: listing.from, to: listing.to, instead: await pins.lists(listing) })
  const words = volatile(whole, (id) => String(goroutines.name(id))).filter(({ from }) => !listings.some((one) => one.from <= from && from < one.to))
  const edits: Edit[] = [...listings, ...words].sort((a, b) => a.from - b.from)
  let start = 0
  return said.map((piece) => {
    const end = start + piece.length
    const parts: (string | Lists)[] = []
    let at = start
    for (const edit of edits) {
      if (edit.to <= at || edit.from >= end) continue
      if (edit.from >= start) parts.push(whole.slice(at, edit.from), edit.instead)
      at = Math.min(edit.to, end)
    }
    parts.push(whole.slice(at, end))
    start = end
    return parts
  })
}

function scrubEvent(event: DebuggerEvent, goroutines: Goroutines): DebuggerEvent {
  return scrubValue(event) as DebuggerEvent

  function scrubValue(value: unknown, key = ''): unknown {
    if (key === 'goroutine' && typeof value === 'number') return goroutines.name(value)
    if (typeof value === 'string') return scrub(value, (id) => String(goroutines.name(id)))
    if (Array.isArray(value)) return value.map((item) => scrubValue(item))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, scrubValue(inner, name)]))
  }
}
