/** The map on phones: top to bottom, names beside the line. */
import { before, type Drawing, isBranch, type Station, type Stretch } from './way.ts'

const WIDTH = 342
const X = 32
const FIRST = 32
/** No less than a finger's width, since stations are links. */
const GAP = 44

/** The tall map. Its line ends with the response. */
export function tall(stages: readonly { id: string; name: string }[]): Drawing {
  const y = (index: number) => FIRST + index * GAP
  const stations = stages.map(
    ({ id, name }, index): Station => ({
      id,
      name,
      x: X,
      y: y(index),
      label: { x: 32, y: 5, anchor: 'start' },
      said: { x: 300, y: 5, anchor: 'end' },
    }),
  )
  const stretches = stages.map(
    ({ id }, index): Stretch => ({
      to: id,
      branch: isBranch(id),
      line: { d: `M${X} ${index === 0 ? -FIRST : y(before(stages, index))}V${y(index)}` },
    }),
  )
  return { size: { viewBox: `0 0 ${WIDTH} ${y(stages.length - 1) + FIRST}` }, stations, stretches }
}
