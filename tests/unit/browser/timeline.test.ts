/** A recording laid out in time. */
import { expect, test } from 'vitest'
import { posterAt, type RecordedWalk, stepAt, timelineOf, tookAfterEnter } from '../../../src/browser/timeline.ts'

const at = { file: 'a@v1/a.go', line: 7, function: 'a.A' }
const halted = { type: 'target', state: { is: 'halted', goroutine: 1, frame: 0, at, breakpoint: 'a' } } as const

const walk: RecordedWalk = {
  id: 'walk',
  before: [{ at: 40_000, terminal: 'debugger', says: '(dlv) ' }],
  steps: [
    { id: 'short', typed: 'args', took: 20, said: '', events: [{ at: 20, terminal: 'debugger', says: 'x' }] },
    {
      id: 'long',
      typed: 'kubectl',
      took: 20_000,
      said: '',
      events: [
        { at: 100, terminal: 'shell', says: 'kubectl' },
        { at: 10_000, terminal: 'shell', says: '\r\n' },
        { at: 20_000, debugger: halted },
      ],
    },
  ],
}

test('what was said before the first step is there at once', () => {
  expect(timelineOf(walk).moments[0]).toMatchObject({ at: 0, step: -1 })
})

test('a short step is shown long enough to be seen', () => {
  const [span] = timelineOf(walk).spans
  expect((span?.to ?? 0) - (span?.from ?? 0)).toBeGreaterThanOrEqual(900)
})

test('a long wait is shortened, and its events keep their order and shares', () => {
  const { spans, moments } = timelineOf(walk)
  const long = spans[1] ?? { from: 0, to: 0 }
  expect(long.to - long.from).toBeLessThanOrEqual(4000)
  expect(moments.filter(({ step }) => step === 1).map((moment) => moment.at - long.from)).toEqual([20, 2000, 4000])
})

test('before the first step there is a moment at which nothing has been typed', () => {
  const timeline = timelineOf(walk)
  expect(stepAt(timeline, 0)).toBe(-1)
  expect(timeline.spans[0]?.from).toBeGreaterThan(0)
})

test('a pause belongs to the step before it', () => {
  const timeline = timelineOf(walk)
  expect(stepAt(timeline, (timeline.spans[0]?.to ?? 0) + 1)).toBe(0)
  expect(stepAt(timeline, timeline.spans[1]?.from ?? 0)).toBe(1)
  expect(stepAt(timeline, timeline.length)).toBe(1)
})

test('the poster stands at the end of the first step that a breakpoint halts', () => {
  const timeline = timelineOf(walk)
  expect(posterAt(timeline)).toBe(timeline.spans[1]?.to)
})

test('a recording without a halt has its poster at the beginning', () => {
  expect(posterAt(timelineOf({ ...walk, steps: walk.steps.slice(0, 1) }))).toBe(0)
})

test('how long a step took is counted from Enter, not from the first key', () => {
  const [, long] = walk.steps
  expect(long && tookAfterEnter(long, 'shell')).toBe(10_000)
})
