/** The tap on messages as dlv 1.27.2 sends them, and on what no dlv sends. The real dlv is in follow.test.ts. */
import { expect, test, vi } from 'vitest'
import { openTap, type TapNews } from '../../../src/delve/tap.ts'

const request = (id: number, method: string, parameters: object) => `${JSON.stringify({ method: `RPCServer.${method}`, params: [parameters], id })}\n`
const reply = (id: number, result: object) => `${JSON.stringify({ id, result, error: null })}\n`
const refusal = (id: number, error: string) => `${JSON.stringify({ id, result: null, error })}\n`

const STATE = { Pid: 7, Running: false, Threads: [], exited: false, exitStatus: 0 }
const HALTED = { State: { ...STATE, currentThread: { id: 1, goroutineID: 1, file: 'a.go', line: 2, function: { name: 'main.f' } } } }
const FRAME = { Locations: [{ file: 'b.go', line: 3, Err: '' }] }

function listen() {
  const news: TapNews[] = []
  const tap = openTap((each) => news.push(each))
  const pass = (direction: 'request' | 'reply', ...messages: string[]) => tap.bytes(0, direction, Buffer.from(messages.join('')))
  return { news, tap, pass, kinds: () => news.map((each) => each.is) }
}

test('a conversation is understood wherever it is cut', () => {
  const said = request(1, 'Command', { name: 'continue' }) + request(2, 'GetEvents', {})
  const answered = reply(1, HALTED) + reply(2, { Events: [] })
  for (let cut = 0; cut < said.length; cut += 3) {
    const { tap, kinds } = listen()
    tap.bytes(0, 'request', Buffer.from(said.slice(0, cut)))
    tap.bytes(0, 'request', Buffer.from(said.slice(cut)))
    for (const byte of Buffer.from(answered)) tap.bytes(0, 'reply', Uint8Array.of(byte))
    expect(kinds()).toEqual(['resumed', 'stopped'])
    expect(tap.resuming()).toBe(false)
  }
})

test('frame asks for one frame, stack for all: only the first is news', () => {
  const { pass, news } = listen()
  const asked = { Id: -1, Full: false, Defers: false, Opts: 0, Cfg: null }
  pass('request', request(1, 'Stacktrace', { ...asked, Depth: 50, Skip: 0 }), request(2, 'Stacktrace', { ...asked, Depth: 2, Skip: 2 }))
  pass('reply', reply(1, FRAME), reply(2, FRAME))
  expect(news).toEqual([{ is: 'frame', goroutine: -1, frame: 2, at: { file: 'b.go', line: 3 } }])
})

test('frame 0 is told from stack 0 by the State that follows it', () => {
  const { pass, kinds } = listen()
  const outermost = { Id: -1, Depth: 0, Full: false, Defers: false, Opts: 0, Cfg: null, Skip: 0 }
  pass('request', request(1, 'Stacktrace', outermost))
  pass('reply', reply(1, FRAME))
  pass('request', request(2, 'ListLocalVars', {}), request(3, 'Stacktrace', outermost))
  pass('reply', reply(3, FRAME))
  expect(kinds()).toEqual([])
  pass('request', request(4, 'State', { NonBlocking: false }))
  expect(kinds()).toEqual(['frame'])
})

test('break tells its last refusal only when it gives up', () => {
  const { pass, news } = listen()
  const find = (id: number, location: string) => request(id, 'FindLocation', { Loc: location, IncludeNonExecutableLines: false })
  pass('request', find(1, 'name a.go:1'))
  pass('reply', refusal(1, 'could not find statement'))
  pass('request', find(2, 'a.go:1'))
  pass('reply', refusal(2, 'location "a.go:1" not found'))
  expect(news).toEqual([])
  pass('request', request(3, 'ListFunctions', { Filter: '^plugin\\.Open$' }))
  expect(news).toEqual([{ is: 'refused', location: 'a.go:1', why: 'location "a.go:1" not found' }])
})

test('list that finds nothing refuses no breakpoint', () => {
  const { pass, news } = listen()
  pass('request', request(1, 'FindLocation', { Loc: 'a.go:1', IncludeNonExecutableLines: true }))
  pass('reply', refusal(1, 'not found'))
  pass('request', request(2, 'ListFunctions', { Filter: '^plugin\\.Open$' }))
  expect(news).toEqual([])
})

test('a command that failed leaves the question where the target is', () => {
  const { pass, kinds } = listen()
  pass('request', request(1, 'Command', { name: 'next' }))
  pass('reply', refusal(1, 'Process 7 has exited with status 0'))
  expect(kinds()).toEqual(['resumed', 'unclear'])
})

test('a dlv that leaves while the target runs leaves that question too, and one that leaves at its prompt does not', () => {
  const { pass, tap, kinds } = listen()
  pass('request', request(1, 'Command', { name: 'continue' }))
  expect(tap.resuming()).toBe(true)
  tap.closed(0)
  expect(tap.resuming()).toBe(false)
  tap.bytes(1, 'request', Buffer.from('{"method":"RPCServer.Sta'))
  tap.closed(1)
  tap.closed(9)
  expect(kinds()).toEqual(['resumed', 'unclear'])
})

test('two connections are kept apart', () => {
  const { tap, kinds } = listen()
  tap.bytes(0, 'request', Buffer.from(request(1, 'Command', { name: 'continue' })))
  tap.bytes(1, 'request', Buffer.from(request(1, 'Command', { name: 'switchGoroutine', goroutineID: 3 })))
  tap.bytes(1, 'reply', Buffer.from(reply(1, HALTED)))
  expect(tap.resuming()).toBe(true)
  expect(kinds()).toEqual(['resumed', 'switched'])
})

test('what no dlv sends is passed over', () => {
  const { pass, tap, news } = listen()
  pass('request', 'GET / HTTP/1.1\r\n\r\n', '{"method":5}\n', '[]\n', 'null\n', '{"method":"RPCServer.Stacktrace","params":[],"id":1}\n')
  pass('reply', 'nonsense\n', '{"id":1,"result":{}}\n', `${'['.repeat(10_000)}\n`, '{"id":99999999999999999999,"result":1}\n')
  tap.bytes(0, 'reply', Buffer.from([0xff, 0xfe, 0x00, 0x0a]))
  expect(news).toEqual([])
  for (let id = 0; id < 10_000; id++) pass('request', request(id, 'FindLocation', { Loc: 'x', IncludeNonExecutableLines: false }))
  for (let connection = 1; connection < 10_000; connection++) tap.bytes(connection, 'request', Buffer.from('{'))
  pass('request', request(1, 'Command', { name: 'continue' }))
  expect(tap.resuming()).toBe(true)
})

/** Counts the characters that are parsed while `what` runs. */
function parsedBy(what: () => void): number {
  const parse = vi.spyOn(JSON, 'parse')
  try {
    what()
    return parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0)
  } finally {
    parse.mockRestore()
  }
}

test('long lines are told by their first bytes and not parsed: neither requests that tell nothing, nor those too long, nor replies nobody asked for', () => {
  const { pass, kinds } = listen()
  const long = 'x'.repeat(2_000_000)
  const parsed = parsedBy(() => {
    pass(
      'request',
      request(1, 'Eval', { Expr: long }),
      request(2, 'Command', { name: 'continue', Expr: long }),
      `{"method":"X","params":["${long}"],"id":3}\n`,
    )
    pass('reply', reply(1, { Variable: long }), reply(2, { State: long }), reply(99, { State: long }))
  })
  expect(parsed).toBe(0)
  pass('request', request(4, 'Command', { name: 'continue' }))
  pass('reply', reply(4, HALTED))
  expect(kinds()).toEqual(['resumed', 'stopped'])
})

test('a stop with a reply too long to be looked at leaves the question where the target is', () => {
  const { pass, tap, kinds } = listen()
  pass('request', request(1, 'Command', { name: 'continue' }))
  pass('reply', reply(1, { ...HALTED, more: 'x'.repeat(2_000_000) }))
  expect(kinds()).toEqual(['resumed', 'unclear'])
  expect(tap.resuming()).toBe(false)
})

test('however many connections hold unfinished messages, the memory they take is bounded, and given back at the end', () => {
  const tap = openTap(() => {})
  // One piece for all: what is measured must be what the tap holds, not what the collector has not yet taken of this test's own.
  const piece = Buffer.alloc(32_768, 'x')
  const before = process.memoryUsage()
  for (let connection = 0; connection < 100; connection++) {
    tap.bytes(connection, 'request', Buffer.from(request(1, 'Command', { name: 'continue' })))
    for (const start of ['{"method":"RPCServer.Command","', '{"id":1,"']) {
      const direction = start.includes('method') ? 'request' : 'reply'
      tap.bytes(connection, direction, Buffer.from(start))
      for (let count = 0; count < 64; count++) tap.bytes(connection, direction, piece)
    }
  }
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 * 1024)
  tap.close()
  expect(tap.resuming()).toBe(false)
})

test('what hearing costs is told: for looking, for what is parsed, and for news', () => {
  let spent = 0
  const tap = openTap(
    () => {},
    (bytes) => {
      spent += bytes
    },
  )
  tap.bytes(0, 'request', Buffer.from(request(1, 'Eval', { Expr: 'x'.repeat(100_000) })))
  expect(spent).toBeLessThan(1_000)
  const asked = request(1, 'Command', { name: 'continue' })
  tap.bytes(0, 'request', Buffer.from(asked))
  expect(spent).toBeGreaterThan(asked.length + 4_000)
})
