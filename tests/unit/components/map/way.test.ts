/** The map's drawing: every stage of the book stands on every map, and says where the request is. */
import { expect, test } from 'vitest'
import { loadBook } from '../../../../src/book/load.ts'
import { slim } from '../../../../src/components/map/slim.ts'
import { tall } from '../../../../src/components/map/tall.ts'
import { stateOf } from '../../../../src/components/map/way.ts'
import { wide } from '../../../../src/components/map/wide.ts'

const { stages } = await loadBook('content')
const ids = stages.map(({ id }) => id)

test.each([
  ['wide', wide],
  ['slim', slim],
  ['tall', tall],
])('the %s map has a station and a line for every stage of the book', (_, draw) => {
  const { stations, stretches } = draw(stages)
  expect(stations.map(({ id }) => id)).toEqual(ids)
  expect(stretches.map(({ to }) => to).filter((to) => to !== 'client')).toEqual(ids)
})

test('a stage without a place on the wide map is refused with the file to put it in', () => {
  expect(() => wide([{ id: 'teleport', name: 'Teleport' }])).toThrow(
    /"teleport" has no place.*\n.*content\/book\.yaml\n.*src\/components\/map\/wide\.ts/,
  )
})

test('stages before the halt are passed, those after it ahead, and a branch is never passed', () => {
  const states = Object.fromEntries(ids.map((id) => [id, stateOf(stages, id, 'response')]))
  expect(states).toMatchObject({ connection: 'passed', etcd: 'passed', watch: 'ahead', response: 'here' })
  expect(stateOf(stages, 'etcd', 'admission')).toBe('ahead')
})

test('before the request is sent every stage is ahead', () => {
  expect(ids.map((id) => stateOf(stages, id, null))).toEqual(ids.map(() => 'ahead'))
})

test('stations of the tall map are a finger apart', () => {
  const places = tall(stages).stations.map(({ y }) => Number(y))
  for (const [index, y] of places.slice(1).entries()) expect(y - (places[index] ?? 0)).toBeGreaterThanOrEqual(44)
})
