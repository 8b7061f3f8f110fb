/** The request's way as shapes to draw: stations, and the stretches of line that lead to them. */
import { BookError } from '../../book/book-error.ts'

/** A stage as a station on the map. `x` and `y` are SVG coordinates (slim: a percentage). */
export interface Station {
  id: string
  name: string
  x: number | string
  y: number
  label: Label
  /** Where `halted here` is written. */
  said: Label
}

/** Text beside a station: an offset from its middle, and which end of the text stands there. */
export interface Label {
  x: number
  y: number
  anchor?: 'start' | 'end'
}

/** The line to a station, drawn in the station's own colour: `d` is a path, or `from` and `to` the ends of a level line. */
export interface Stretch {
  to: string
  branch: boolean
  line: { d: string } | { from: string; to: string; y: number }
}

/** A map ready to be drawn; `size` are attributes of its `svg`. The last stretch leads to `client`, back out. */
export interface Drawing {
  size: { viewBox: string } | { width: string; height: number }
  stations: readonly Station[]
  stretches: readonly Stretch[]
}

/** The stretch that leads out of the server. */
export const CLIENT = 'client'

/** What a station says of the request. */
export type StationState = 'passed' | 'here' | 'ahead'

/** Stages that leave the way as a branch: the request never passes them. */
const branches = ['watch']

export const isBranch = (id: string): boolean => branches.includes(id)

/** The station that the line to the one at `index` comes from: branches are not on the way. -1: it comes from the client. */
export function before(stages: readonly { id: string }[], index: number): number {
  return stages.findLastIndex(({ id }, at) => at < index && !isBranch(id))
}

/** How the stage `id` looks while the request stands in the stage `at`; null is: it has not been sent. */
export function stateOf(stages: readonly { id: string }[], id: string, at: string | null): StationState {
  if (id === at) return 'here'
  if (at === null || id === CLIENT) return 'ahead'
  const place = (wanted: string) => stages.findIndex((stage) => stage.id === wanted)
  return place(id) < place(at) && !isBranch(id) ? 'passed' : 'ahead'
}

/** The place of a stage in a layout's table, or the error for who added a stage to the book. */
export function placeOf<Place>(table: Readonly<Record<string, Place>>, id: string, layout: string): Place {
  const place = table[id]
  if (place === undefined)
    throw new BookError(`The stage "${id}" has no place on the map`, 'content/book.yaml', `give it one in src/components/map/${layout}.ts`)
  return place
}
