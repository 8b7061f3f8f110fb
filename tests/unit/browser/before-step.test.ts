/** What stands in the way of a step. */
import { expect, test } from 'vitest'
import { obstacle, type Situation } from '../../../src/browser/before-step.ts'
import type { ChapterWalk, WalkStep } from '../../../src/browser/chapter-data.ts'
import type { TargetState } from '../../../src/delve/state.ts'

const step = (id: string, terminal: WalkStep['terminal'], promises: WalkStep['promises']): WalkStep => ({
  id,
  title: id,
  terminal,
  typed: id,
  promises,
})
const walk: ChapterWalk = {
  id: 'walk',
  title: 'A walk',
  prepared: false,
  steps: [
    step('break', 'debugger', [{ says: 'set' }]),
    step('continue', 'debugger', [{ runs: true }]),
    step('run', 'shell', [{ halts: 'create' }]),
    step('look', 'shell', [{ says: 'still halted' }]),
    step('go-on', 'debugger', [{ runs: true }]),
    step('get', 'shell', [{ says: 'pod' }]),
  ],
}
const halted: TargetState = { is: 'halted', goroutine: 1, frame: 0, at: { file: 'a.go', line: 1, function: 'a' }, breakpoint: null }
const running: TargetState = { is: 'running' }
const done = (count: number) => new Set(walk.steps.slice(0, count).map(({ id }) => id))
const at = (situation: Partial<Situation>) =>
  obstacle({ walk, at: 0, prepared: null, name: 'one/walk', done: done(situation.at ?? 0), others: [], target: halted, ...situation })?.is ?? null

test('nothing is in the way of steps in their order', () => {
  expect([at({}), at({ at: 1 }), at({ at: 2, target: running }), at({ at: 3 }), at({ at: 4 }), at({ at: 5, target: running })]).toEqual(
    Array(6).fill(null),
  )
})

test('a sandbox that was prepared for something else comes before all', () => {
  expect(at({ prepared: 'two/walk', others: ['Two'], at: 3, done: done(0) })).toBe('other-sandbox')
  expect(at({ walk: { ...walk, prepared: true } })).toBe('other-sandbox')
  expect(at({ walk: { ...walk, prepared: true }, prepared: 'one/walk' })).toBeNull()
})

test('a walk is begun in a clean sandbox, but goes on in whatever it was begun in', () => {
  expect(at({ others: ['Two'] })).toBe('used-sandbox')
  expect(at({ others: ['Two'], at: 1 })).toBeNull()
})

test('steps that were left out are named', () => {
  const missing = obstacle({ walk, at: 3, prepared: null, name: 'one/walk', done: new Set(['break']), others: [], target: halted })
  expect(missing).toMatchObject({ is: 'steps-missing', words: 'Steps 2 to 3 have not all been run.' })
  expect(obstacle({ walk, at: 2, prepared: null, name: 'one/walk', done: new Set(['continue']), others: [], target: running })?.words).toBe(
    'Step 1 has not been run.',
  )
})

test('a command that needs a running server is not typed while it is halted', () => {
  expect(at({ at: 2 })).toBe('server-halted')
  expect(at({ at: 5 })).toBe('server-halted')
  // This one is meant for a halted server.
  expect(at({ at: 3 })).toBeNull()
})
