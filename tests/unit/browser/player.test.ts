/** The player goes to any moment of a recording, and shows there what was to be seen then. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Player, type PlayerState } from '../../../src/browser/player.ts'
import { type RecordedWalk, timelineOf } from '../../../src/browser/timeline.ts'

const at = { file: 'a@v1/a.go', line: 7, function: 'a.A' }
const walk: RecordedWalk = {
  id: 'walk',
  before: [{ at: 0, terminal: 'debugger', says: '(dlv) ' }],
  steps: [
    {
      id: 'continue',
      typed: 'continue',
      took: 20,
      said: '',
      events: [
        { at: 10, terminal: 'debugger', says: 'continue\r\n' },
        { at: 20, debugger: { type: 'target', state: { is: 'running' } } },
      ],
    },
    {
      id: 'run',
      typed: 'run',
      took: 30,
      said: '',
      events: [
        { at: 10, debugger: { type: 'target', state: { is: 'halted', goroutine: 1, frame: 0, at, breakpoint: 'a' } } },
        { at: 20, debugger: { type: 'stack', goroutine: 1, frames: [at], more: false } },
        { at: 30, terminal: 'debugger', says: '> [a]\r\n(dlv) ' },
      ],
    },
  ],
}
const timeline = timelineOf(walk)

/** Frames of the browser, one each time the test asks. */
let frames: FrameRequestCallback[] = []
let now = 0
beforeEach(() => {
  frames = []
  now = 0
  Object.assign(globalThis, {
    requestAnimationFrame: (frame: FrameRequestCallback) => frames.push(frame),
    cancelAnimationFrame: (id: number) => {
      frames[id - 1] = () => {}
    },
  })
})
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame')
  Reflect.deleteProperty(globalThis, 'cancelAnimationFrame')
})

/** Lets `milliseconds` pass in one frame. */
function pass(milliseconds: number): void {
  now += milliseconds
  const due = frames
  frames = []
  for (const frame of due) frame(now)
}

function played() {
  const shown: string[] = []
  const states: PlayerState[] = []
  const stage = {
    clear: () => void shown.splice(0),
    says: (terminal: string, text: string) => void shown.push(`${terminal}: ${text}`),
    debugger: (event: { type: string }) => void shown.push(event.type),
  }
  const player = new Player(
    timeline,
    stage,
    ({ event }) => ('says' in event ? event.says : ''),
    (state) => states.push(state),
  )
  return { player, shown, last: () => states.at(-1) }
}

test('going to the end of a step shows all that came before it', () => {
  const { player, shown } = played()
  player.seekEnd(0)
  expect(shown).toEqual(['debugger: (dlv) continue\r\n', 'target'])
})

test('going back shows everything from the first event again, and nothing of what came later', () => {
  const { player, shown } = played()
  player.seekEnd(1)
  expect(shown.join()).toContain('> [a]')
  player.seekEnd(0)
  expect(shown.join()).not.toContain('> [a]')
})

test('only the last word on each matter is told when a long way is gone at once', () => {
  const { player, shown } = played()
  player.seekEnd(1)
  expect(shown.filter((one) => one === 'target')).toHaveLength(1)
})

test('playing one step stops at its end', () => {
  const { player, last } = played()
  player.playStep(0)
  pass(0)
  pass(10_000)
  expect(last()).toMatchObject({ playing: false, step: 0, over: true, at: timeline.spans[0]?.to })
})

test('twice the speed takes half the time', () => {
  const { player } = played()
  player.setSpeed(2)
  player.play()
  pass(0)
  pass(500)
  expect(player.state.at).toBe(1000)
})

test('a poster shows a later moment while time stands at the beginning', () => {
  const { player, shown } = played()
  player.poster(timeline.length)
  expect(shown.join()).toContain('> [a]')
  expect(player.state).toMatchObject({ at: 0, step: -1 })
  player.play()
  expect(shown.join()).not.toContain('> [a]')
})

test('at the end, play begins again', () => {
  const { player } = played()
  player.seekEnd(1)
  player.play()
  expect(player.state).toMatchObject({ at: 0, playing: true })
})
