/** The map of a chapter: one row that takes any width, because places are percentages and text is not scaled. */
import { before, CLIENT, type Drawing, isBranch, type Station, type Stretch } from './way.ts'

const HEIGHT = 60
const LEVEL = 20

/** The slim map. */
export function slim(stages: readonly { id: string; name: string }[]): Drawing {
  const middle = (index: number) => `${(((index + 0.5) / stages.length) * 100).toFixed(2)}%`
  const stations = stages.map(
    ({ id, name }, index): Station => ({ id, name, x: middle(index), y: LEVEL, label: { x: 0, y: 29 }, said: { x: 0, y: 29 } }),
  )
  const stretches = stages.map(
    ({ id }, index): Stretch => ({
      to: id,
      branch: isBranch(id),
      line: { from: index === 0 ? '-10%' : middle(before(stages, index)), to: middle(index), y: LEVEL },
    }),
  )
  const out: Stretch = { to: CLIENT, branch: false, line: { from: middle(stages.length - 1), to: '110%', y: LEVEL } }
  return { size: { width: '100%', height: HEIGHT }, stations, stretches: [...stretches, out] }
}
