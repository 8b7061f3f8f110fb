/** One page, on a clock that the test turns. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type PageSocket, Viewer } from '../../../src/relay/viewer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A socket that takes nothing until told to. */
function heldSocket() {
  const sent: { data: string | Buffer; taken: () => void }[] = []
  const closed: number[] = []
  const socket: PageSocket = { send: (data, taken) => sent.push({ data, taken }), close: (code) => closed.push(code) }
  /** Takes everything sent so far, and tells it. */
  const take = () => {
    const now = sent.splice(0)
    for (const { taken } of now) taken()
    return now.map(({ data }) => data)
  }
  return { socket, sent, closed, take }
}

const snapshot = { columns: 80, rows: 24, text: 'screen', rest: Buffer.from('\u001b[3') }

test('output that comes before the screen is sent after it', () => {
  const { socket, take } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  const show = viewer.hold('shell')
  const taken = vi.fn()
  viewer.output('shell', Buffer.from('\u0001later'), taken)
  expect(take()).toEqual([])
  show(snapshot)
  const [screen, ...rest] = take()
  expect(JSON.parse(String(screen))).toEqual({ type: 'screen', terminal: 'shell', columns: 80, rows: 24, text: 'screen' })
  expect(rest.map(String)).toEqual(['\u0001\u001b[3', '\u0001later'])
  expect(taken).toHaveBeenCalledOnce()
})

test('a screen that was asked for earlier gives way to the later one', () => {
  const { socket, take } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  const earlier = viewer.hold('shell')
  const taken = vi.fn()
  viewer.output('shell', Buffer.from('\u0001a'), taken)
  const later = viewer.hold('shell')
  expect(taken).toHaveBeenCalledOnce()
  earlier(snapshot)
  later({ ...snapshot, rest: Buffer.alloc(0) })
  expect(take()).toHaveLength(1)
})

test('after a second without progress nobody waits for the page, and it catches up when it reads', () => {
  const { socket, take, closed } = heldSocket()
  const catchUp = vi.fn()
  const viewer = new Viewer({ socket, catchUp })
  const taken = vi.fn()
  viewer.output('shell', Buffer.from('\u0001a'), taken)
  vi.advanceTimersByTime(900)
  expect(taken).not.toHaveBeenCalled()
  vi.advanceTimersByTime(200)
  expect(taken).toHaveBeenCalledOnce()
  viewer.output('shell', Buffer.from('\u0001b'), taken)
  viewer.tell({ type: 'viewers', count: 1 })
  expect(taken).toHaveBeenCalledTimes(2)
  expect(catchUp).not.toHaveBeenCalled()
  expect(take()).toHaveLength(1)
  expect(catchUp).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(60_000)
  expect(closed).toEqual([])
})

test('more output does not set the clock back', () => {
  const { socket } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  const taken = vi.fn()
  for (let count = 0; count < 11; count += 1) {
    viewer.output('shell', Buffer.from('\u0001a'), taken)
    vi.advanceTimersByTime(100)
  }
  expect(taken).toHaveBeenCalledTimes(11)
})

test('after thirty seconds without progress the page is given up', () => {
  const { socket, closed } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  viewer.tell({ type: 'viewers', count: 1 })
  vi.advanceTimersByTime(29_000)
  expect(closed).toEqual([])
  vi.advanceTimersByTime(2_000)
  expect(closed).toEqual([4002])
})

test('messages cannot pile up beyond a few megabytes', () => {
  const { socket, sent } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  for (let count = 0; count < 100; count += 1) viewer.tell({ type: 'refused', why: 'x'.repeat(100_000) })
  expect(sent.length).toBeLessThan(50)
})

test('a page that is gone holds up nobody, and leaves no clock', () => {
  const { socket } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  const taken = vi.fn()
  viewer.output('shell', Buffer.from('\u0001a'), taken)
  viewer.gone()
  viewer.output('shell', Buffer.from('\u0001b'), taken)
  expect(taken).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})

const KB64 = 65_536
const output = (size: number) => Buffer.concat([Buffer.from([1]), Buffer.alloc(size, 'y')])

test('a page that says what it has shown is not sent much more than that', () => {
  const { socket, take } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  viewer.output('shell', output(KB64), () => {})
  take()
  viewer.shown('shell', KB64)
  const taken = vi.fn()
  for (let count = 0; count < 6; count += 1) viewer.output('shell', output(KB64), taken)
  take()
  expect(taken).toHaveBeenCalledTimes(4)
  viewer.shown('shell', KB64)
  expect(taken).toHaveBeenCalledTimes(5)
  viewer.shown('shell', KB64)
  expect(taken).toHaveBeenCalledTimes(6)
})

test('a page in the background falls behind, keeps its socket, and catches up when it has shown what it got', () => {
  const { socket, take, closed } = heldSocket()
  const catchUp = vi.fn()
  const viewer = new Viewer({ socket, catchUp })
  viewer.shown('shell', 1)
  const taken = vi.fn()
  for (let count = 0; count < 6; count += 1) viewer.output('shell', output(KB64), taken)
  take()
  vi.advanceTimersByTime(1_100)
  expect(taken).toHaveBeenCalledTimes(6)
  vi.advanceTimersByTime(120_000)
  expect(closed).toEqual([])
  viewer.shown('shell', 5 * KB64)
  expect(catchUp).not.toHaveBeenCalled()
  viewer.shown('shell', KB64)
  expect(catchUp).toHaveBeenCalledOnce()
})

test('a page that claims to have shown more than it got gains nothing by it', () => {
  const { socket, take } = heldSocket()
  const viewer = new Viewer({ socket, catchUp: () => {} })
  viewer.output('shell', output(10), () => {})
  take()
  viewer.shown('shell', 1_000_000_000)
  const taken = vi.fn()
  for (let count = 0; count < 6; count += 1) viewer.output('shell', output(KB64), taken)
  take()
  expect(taken).toHaveBeenCalledTimes(4)
})
