/** Progress of a build, told from Go's lines. Times are given, not waited for. */
import { expect, test } from 'vitest'
import { BuildClock } from '../../../src/pins/build-clock.ts'

const work = {
  packages: new Map([
    ['a', 100],
    ['b', 300],
    ['c', 500],
  ]),
  programs: new Map([['p', 100]]),
}

test('nothing is estimated before something is done', () => {
  const clock = new BuildClock(work, 0)
  expect(clock.progress(5_000)).toMatchObject({ done: 0, all: 4, secondsLeft: null })
})

test('the time left is in proportion to the size of what is left', () => {
  const clock = new BuildClock(work, 0)
  clock.compiling('a', 0)
  expect(clock.progress(1_000)).toEqual({ what: 'a', done: 0, all: 4, secondsLeft: null })
  clock.compiling('b', 10_000)
  expect(clock.progress(10_000)).toEqual({ what: 'b', done: 1, all: 4, secondsLeft: 90 })
})

test('while nothing finishes the time left goes on falling, but never to nothing', () => {
  const clock = new BuildClock(work, 0)
  clock.compiling('a', 0)
  clock.compiling('b', 10_000)
  expect(clock.progress(40_000).secondsLeft).toBe(60)
  expect(clock.progress(400_000).secondsLeft).toBe(1)
})

test('packages that Go turns out to have already count when the group is complete', () => {
  const clock = new BuildClock(work, 0)
  clock.compiling('c', 0)
  clock.linked('p', 8_000)
  clock.complete(work, 10_000)
  expect(clock.progress(10_000)).toMatchObject({ what: 'finishing', done: 4, all: 4 })
})

test('the last stage is linking, program by program', () => {
  const clock = new BuildClock(
    {
      packages: new Map(),
      programs: new Map([
        ['p', 1],
        ['q', 1],
      ]),
    },
    0,
  )
  expect(clock.progress(0)).toMatchObject({ what: 'linking p', done: 0 })
  clock.linked('p', 1_000)
  clock.linked('p', 1_001)
  expect(clock.progress(2_000)).toMatchObject({ what: 'linking q', done: 1, all: 2 })
})

test('a program that is being compiled is a program about to be linked', () => {
  const clock = new BuildClock(work, 0)
  expect(clock.progress(0).what).toBe('starting the compiler')
  clock.compiling('c', 0)
  expect(clock.progress(0).what).toBe('c')
  clock.compiling('example.org/cmd/p', 1_000)
  expect(clock.progress(1_000)).toMatchObject({ what: 'linking p', done: 1 })
})

test('lines of Go that name no package change nothing', () => {
  const clock = new BuildClock(work, 0)
  clock.compiling('a', 0)
  clock.compiling('go: downloading example.org/x v1.0.0', 1_000)
  expect(clock.progress(1_000)).toMatchObject({ what: 'a', done: 0 })
})
