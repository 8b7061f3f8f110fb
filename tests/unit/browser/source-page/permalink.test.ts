/** Permalinks: made, and understood in their own version and in others. */
import { expect, test } from 'vitest'
import { Declarations } from '../../../../src/browser/source-page/functions.ts'
import { permalink, resolve } from '../../../../src/browser/source-page/permalink.ts'
import { hashOf, linesOf } from '../../../../src/browser/source-page/target.ts'

const declared = new Declarations(
  {
    functions: [
      ['(*store).Get', 10, 20],
      ['(*store).Create', 30, 60],
      ['(*store).Create.func1', 40, 50],
      ['Map[...]', 70, 80],
    ],
    types: [['store', 'struct', 3, 8]],
  },
  () => '',
)
const of = (link: string) => {
  const { search, hash } = new URL(link, 'http://here/')
  return resolve(search, 'v0.36.3', linesOf(hash, 100), declared)
}

test('a permalink says version, function and line', () => {
  expect(permalink('v0.36.3', '(*store).Create', { from: 35, to: 35 })).toBe('?at=v0.36.3&in=(*store).Create#L35')
  expect(permalink('v0.36.3', null, { from: 1, to: 4 })).toBe('?at=v0.36.3#L1-L4')
})

test('in its own version it is what its fragment says', () => {
  expect(of('?at=v0.36.3&in=(*store).Create#L312')).toMatchObject({ is: 'moved', lines: { from: 30 } })
  expect(of('?at=v0.36.3&in=(*store).Create#L35')).toEqual({ is: 'here' })
  expect(of('#L35')).toEqual({ is: 'here' })
})

test('in another version the line is kept while it is in the function, else the function begins it', () => {
  expect(of('?at=v0.35.0&in=(*store).Create#L35')).toEqual({ is: 'kept', version: 'v0.35.0', name: '(*store).Create', lines: { from: 35, to: 35 } })
  expect(of('?at=v0.35.0&in=(*store).Create#L12')).toEqual({ is: 'moved', version: 'v0.35.0', name: '(*store).Create', lines: { from: 30, to: 30 } })
  expect(of(`?at=v0.35.0&in=${encodeURIComponent('Map[go.shape.int]')}#L12`)).toMatchObject({ is: 'moved', lines: { from: 70 } })
})

test('a function that is gone is said to be, with those that may have been meant', () => {
  const gone = of('?at=v0.35.0&in=(*cacher).Create#L12')
  expect(gone).toMatchObject({ is: 'gone', name: '(*cacher).Create' })
  expect(gone.is === 'gone' && gone.near[0]?.name).toBe('(*store).Create')
})

test('without a function nothing can be found again', () => {
  expect(of('?at=v0.35.0#L12')).toEqual({ is: 'unknown', version: 'v0.35.0', lines: { from: 12, to: 12 } })
})

test('a fragment names one line or several, in any order, of those there are', () => {
  expect(linesOf('#L12', 20)).toEqual({ from: 12, to: 12 })
  expect(linesOf('#L14-L12', 20)).toEqual({ from: 12, to: 14 })
  expect(linesOf('#L14-16', 20)).toEqual({ from: 14, to: 16 })
  expect(linesOf('#L21', 20)).toBeNull()
  expect(linesOf('#L0', 20)).toBeNull()
  expect(linesOf('#main', 20)).toBeNull()
  expect(hashOf({ from: 3, to: 9 })).toBe('#L3-L9')
})
