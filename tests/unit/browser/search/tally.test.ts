/** What functions come to when a query has several parts. */
import { expect, test } from 'vitest'
import { type PartScores, Tally } from '../../../../src/browser/search/tally.ts'

const functions = { name: Uint16Array.of(0, 1, 0, 2), receiver: Uint16Array.of(0, 0, 1, 1), file: Uint16Array.of(0, 0, 0, 1) }
const part = (names: number[], receivers = [0, 0], files = [0, 0]): PartScores => ({
  names: Float32Array.from(names),
  receivers: Float32Array.from(receivers),
  files: Float32Array.from(files),
})
const sums = ({ sums, places, count }: Tally) => ({ sums: [...sums], places: [...places.subarray(0, count)].sort() })

test('each part gives the best of its three scores, and a function without one of them is out', () => {
  const tally = new Tally()
  tally.sum(functions, [part([100, 0, 0], [0, 40], [0, 60])])
  expect(sums(tally)).toEqual({ sums: [100, 0, 100, 60], places: [0, 2, 3] })
  tally.sum(functions, [part([100, 0, 0], [0, 40]), part([0, 0, 0], [0, 0], [20, 0])])
  expect(sums(tally)).toEqual({ sums: [60, 0, 60, 0], places: [0, 2] })
})

test('nothing is left of the query before', () => {
  const tally = new Tally()
  tally.sum(functions, [part([100, 100, 100])])
  tally.sum(functions, [part([0, 7, 0])])
  expect(sums(tally)).toEqual({ sums: [0, 7, 0, 0], places: [1] })
})

test('what is better in another tally is taken over, once', () => {
  const [tally, other] = [new Tally(), new Tally()]
  tally.sum(functions, [part([10, 0, 0])])
  other.sum(functions, [part([5, 30, 0], [0, 20])])
  tally.best(other)
  expect(sums(tally)).toEqual({ sums: [10, 30, 20, 20], places: [0, 1, 2, 3] })
})
