/** What the book has in files, taken from the real book. */
import { beforeAll, expect, test } from 'vitest'
import { loadDrift } from '../../../../src/book/drift.ts'
import { loadBook } from '../../../../src/book/load.ts'
import { bookPlaces, type InBook } from '../../../../src/source/page/book-places.ts'

let places: ReadonlyMap<string, InBook>
const STORE = 'k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go'

beforeAll(async () => {
  places = await bookPlaces(await loadBook('content'), await loadDrift('content'))
}, 180_000)

test('a stop is at its line, with the steps that halt there and where they are', () => {
  const stop = places.get(STORE)?.stops?.find((one) => one.function === '(*store).Create')
  expect(stop?.line).toBeGreaterThan(100)
  expect(stop?.steps[0]).toMatchObject({ chapter: expect.any(String), step: expect.any(Number), title: expect.any(String) })
  expect(stop?.steps[0]?.href).toMatch(/^[a-z-]+\/#[a-z-]+$/)
})

test('a function that recorded stacks went through has one of them, halted in itself when there is such a one', () => {
  const { stacks = [], passing = {} } = places.get(STORE) ?? {}
  const create = passing['(*store).Create']
  const stack = stacks[create?.stack ?? -1]
  expect(create?.frame).toBe(0)
  expect(stack?.frames[0]?.[2]).toBe('k8s.io/apiserver/pkg/storage/etcd3.(*store).Create')
  expect(stack?.frames.length).toBeGreaterThan(5)
  expect(create?.steps.length).toBe(new Set(create?.steps.map(({ chapter }) => chapter)).size)
})

test('a function in the middle of a stack has it too, and knows its own frame', () => {
  const file = 'k8s.io/apiserver@v0.36.3/pkg/registry/generic/registry/store.go'
  const { stacks = [], passing = {} } = places.get(file) ?? {}
  for (const [name, { stack, frame }] of Object.entries(passing)) {
    const [where, , of] = stacks[stack]?.frames[frame] ?? []
    expect(where).toBe(file)
    expect(of?.replace(/\[.*\]/, '').endsWith(`.${name}`), `${of} is not ${name}`).toBe(true)
  }
})

test('lines of the book in other releases are there with their files', () => {
  const moved = places.get(STORE)?.moved ?? []
  expect(moved.length).toBeGreaterThan(0)
  expect(Object.keys(moved[0]?.fates ?? {}).length).toBeGreaterThan(0)
})

test('a file that the book does not touch is not there', () => {
  expect(places.get('k8s.io/api@v0.36.3/core/v1/generated.pb.go')).toBeUndefined()
})
