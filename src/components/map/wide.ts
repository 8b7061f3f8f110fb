/** The map on wide screens: in along the top, round the bend through admission, back along the bottom; watch leaves as a branch. */
import { CLIENT, type Drawing, isBranch, type Label, placeOf, type Station, type Stretch } from './way.ts'

const WIDTH = 1344
const HEIGHT = 344

const TOP = 72
const LOW = 256
const BRANCH = 320
const RIGHT = 1240
const MIDDLE = (TOP + LOW) / 2
const BEND = 56
/** Far beyond the window's left edge: the line comes from the client and goes back there. */
const AWAY = -1200

const above: Label = { x: 0, y: -26 }
const below: Label = { x: 0, y: 36 }

/** A station's place, and the line to it from the station before. */
const table: Readonly<Record<string, { x: number; y: number; line: string; label?: Label; said?: Label }>> = {
  connection: { x: 96, y: TOP, line: `M${AWAY} ${TOP}H96` },
  filters: { x: 254, y: TOP, line: `M96 ${TOP}H254` },
  authentication: { x: 412, y: TOP, line: `M254 ${TOP}H412` },
  audit: { x: 570, y: TOP, line: `M412 ${TOP}H570` },
  fairness: { x: 728, y: TOP, line: `M570 ${TOP}H728` },
  authorization: { x: 886, y: TOP, line: `M728 ${TOP}H886` },
  routing: { x: 1044, y: TOP, line: `M886 ${TOP}H1044` },
  admission: {
    x: RIGHT,
    y: MIDDLE,
    line: `M1044 ${TOP}H${RIGHT - BEND}L${RIGHT} ${TOP + BEND}V${MIDDLE}`,
    label: { x: -26, y: 5, anchor: 'end' },
    said: { x: -26, y: 25, anchor: 'end' },
  },
  registry: { x: 1044, y: LOW, line: `M${RIGHT} ${MIDDLE}V${LOW - BEND}L${RIGHT - BEND} ${LOW}H1044` },
  etcd: { x: 886, y: LOW, line: `M1044 ${LOW}H886`, said: { x: 14, y: 36, anchor: 'start' } },
  watch: { x: 570, y: BRANCH, line: `M886 ${LOW}L822 ${BRANCH}H570H${AWAY}`, label: { x: 0, y: -22 }, said: { x: 22, y: -6, anchor: 'start' } },
  response: { x: 254, y: LOW, line: `M886 ${LOW}H254` },
}

/** From the response back to the client. */
const out: Stretch = { to: CLIENT, branch: false, line: { d: `M254 ${LOW}H${AWAY}` } }

/** The bracket under the filters that every request passes, and its words. */
export const chain = { line: `M254 136v8H886v-8`, x: 570, y: 166, words: 'the handler chain: every request' }

/** What is said on the line: the request going in, the answer coming out. */
export const spoken = [
  { x: 0, y: TOP + 36, words: 'POST /api/v1/namespaces/default/pods' },
  { x: 0, y: LOW + 36, words: '201 Created' },
]

/** The wide map. */
export function wide(stages: readonly { id: string; name: string }[]): Drawing {
  const stations = stages.map(({ id, name }): Station => {
    const { x, y, label = above, said = below } = placeOf(table, id, 'wide')
    return { id, name, x, y, label, said }
  })
  const stretches = stages.map(({ id }): Stretch => ({ to: id, branch: isBranch(id), line: { d: placeOf(table, id, 'wide').line } }))
  return { size: { viewBox: `0 0 ${WIDTH} ${HEIGHT}` }, stations, stretches: [...stretches, out] }
}
