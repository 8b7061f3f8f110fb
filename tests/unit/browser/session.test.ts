/** The session's connection: joined, broken, joined again, refused, over. The relay is a stand-in; the whole way is a browser test. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Session, type SessionPhase } from '../../../src/browser/session.ts'
import type { FromRelay, SessionState } from '../../../src/protocol/messages.ts'

class Socket {
  static readonly OPEN = 1
  static made: Socket[] = []
  readyState = 1
  sent: string[] = []
  onopen: () => void = () => {}
  onmessage: (event: { data: unknown }) => void = () => {}
  onclose: (event: { code: number }) => void = () => {}
  readonly address: string

  constructor(address: string) {
    this.address = address
    Socket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {}

  /** The relay says something. */
  tell(message: FromRelay): void {
    this.onmessage({ data: JSON.stringify(message) })
  }
}

let state: SessionState | null = null
let posted = { ok: true, status: 201, json: async () => ({}) as object }
beforeEach(() => {
  Socket.made = []
  state = null
  posted = { ok: true, status: 201, json: async () => ({}) }
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('fetch', async (_address: string, options?: { method?: string }) =>
    options?.method === 'POST' ? posted : { ok: true, json: async () => ({ state }) },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function joined() {
  const phases: SessionPhase[] = []
  const heard: unknown[] = []
  const session = new Session('http://127.0.0.1:8080', {
    phase: (phase) => phases.push(phase),
    message: (message) => heard.push(message),
    output: (terminal, bytes) => heard.push([terminal, new TextDecoder().decode(bytes)]),
  })
  return { session, phases, heard, last: () => phases.at(-1), socket: () => Socket.made.at(-1) as Socket }
}

test('a session is made, then joined at the same origin', async () => {
  const { session, socket, last } = joined()
  expect(await session.begin(null)).toBe('new')
  expect(socket().address).toBe('ws://127.0.0.1:8080/api/session/socket')
  socket().tell({ type: 'session', state: { is: 'live', walk: null, substitute: [] } })
  expect(last()).toEqual({ is: 'live', walk: null, substitute: [] })
})

test('a relay that refuses is quoted, with its fix', async () => {
  posted = { ok: false, status: 503, json: async () => ({ why: 'All 4 sandboxes are in use.', fix: 'Try again later.' }) }
  await expect(joined().session.begin(null)).rejects.toThrow('All 4 sandboxes are in use. Try again later.')
})

test('the first byte of a binary message says which terminal it is for', async () => {
  const { session, socket, heard } = joined()
  await session.begin(null)
  socket().onmessage({ data: new TextEncoder().encode('\x01$ ').buffer })
  expect(heard).toEqual([['shell', '$ ']])
})

test('a broken connection is made again, later each time, and nothing typed meanwhile is sent', async () => {
  const { session, socket, last } = joined()
  await session.begin(null)
  socket().onopen()
  socket().tell({ type: 'session', state: { is: 'live', walk: null, substitute: [] } })
  state = { is: 'live', walk: null, substitute: [] }
  socket().onclose({ code: 1006 })
  await vi.advanceTimersByTimeAsync(0)
  expect(last()).toEqual({ is: 'reconnecting', attempt: 1, inSeconds: 0.5 })
  expect(session.send({ type: 'halt' })).toBe(false)
  await vi.advanceTimersByTimeAsync(500)
  expect(Socket.made).toHaveLength(2)
  socket().onclose({ code: 1006 })
  await vi.advanceTimersByTimeAsync(0)
  expect(last()).toEqual({ is: 'reconnecting', attempt: 2, inSeconds: 1 })
})

test('when the relay stays away, the page gives up and says so', async () => {
  const { session, socket, last } = joined()
  await session.begin(null)
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('no network')
  })
  for (let attempt = 0; attempt < 7; attempt++) {
    socket().onclose({ code: 1006 })
    await vi.advanceTimersByTimeAsync(10_000)
  }
  expect(last()).toMatchObject({ is: 'lost' })
})

test('a session that the relay does not know any more has ended', async () => {
  const { session, socket, last } = joined()
  await session.begin(null)
  socket().onopen()
  socket().tell({ type: 'session', state: { is: 'live', walk: null, substitute: [] } })
  socket().onclose({ code: 1006 })
  await vi.advanceTimersByTimeAsync(500)
  socket().onclose({ code: 1006 })
  await vi.advanceTimersByTimeAsync(0)
  expect(last()).toMatchObject({ is: 'ended', ending: { reason: 'expired' } })
})

test('after the relay has said that the session is over, nothing is tried again', async () => {
  const { session, socket, last } = joined()
  await session.begin(null)
  socket().tell({ type: 'session', state: { is: 'ended', ending: { reason: 'server-killed', words: 'The API server ended.' } } })
  socket().onclose({ code: 4000 })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(last()).toMatchObject({ is: 'ended', ending: { words: 'The API server ended.' } })
  expect(Socket.made).toHaveLength(1)
})

test('a page that was reloaded joins only a session that is there', async () => {
  const { session, last } = joined()
  await session.rejoin()
  expect(last()).toEqual({ is: 'none' })
  expect(Socket.made).toHaveLength(0)
  state = { is: 'claiming', what: 'starting', seconds: 1 }
  await session.rejoin()
  expect(Socket.made).toHaveLength(1)
})
