/** The client against a peer that need not be honest. The honest one is in follow.test.ts. */
import { duplexPair } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { connectDelve } from '../../../src/delve/rpc.ts'

function open() {
  const [ours, theirs] = duplexPair()
  return { client: connectDelve(ours), delve: theirs }
}

/** A well-formed answer to State. */
const RUNNING = { Pid: 1, Running: true, Threads: null, exited: false, exitStatus: 0, unheardOf: [1] }

test('a question is one line of JSON, and the answer is found by its number', async () => {
  const { client, delve } = open()
  const first = client.state({ nonBlocking: true })
  const second = client.findLocation('main.go:1')
  const asked: string[] = []
  for await (const bytes of delve.iterator({ destroyOnReturn: false })) {
    asked.push(...String(bytes).trim().split('\n'))
    if (asked.length >= 2) break
  }
  expect(JSON.parse(asked[0] ?? '')).toEqual({ method: 'RPCServer.State', params: [{ NonBlocking: true }], id: 1 })
  delve.write('{"id":2,"result":{"Locations":null},"error":null}\n')
  delve.write(`${JSON.stringify({ id: 1, result: { State: RUNNING }, error: null })}\n`)
  expect(await second).toEqual([])
  expect(await first).toMatchObject({ Running: true, Threads: [] })
})

test('an error of Delve is passed on in its words', async () => {
  const { client, delve } = open()
  const asked = client.eval({ GoroutineID: -1, Frame: 0 }, 'x', {
    FollowPointers: true,
    MaxVariableRecurse: 1,
    MaxStringLen: 1,
    MaxArrayValues: 1,
    MaxStructFields: -1,
  })
  delve.write('{"id":1,"result":null,"error":"could not find symbol value for x"}\n')
  await expect(asked).rejects.toMatchObject({ kind: 'refused', message: 'could not find symbol value for x' })
})

test.each([
  ['that is not JSON', 'HTTP/1.1 400 Bad Request\n'],
  ['without a number', '{"result":1,"error":null}\n'],
  ['nested a hundred thousand deep', `${'['.repeat(100_000)}\n`],
])('a reply %s ends the connection and every question', async (_, reply) => {
  const { client, delve } = open()
  const asked = Promise.allSettled([client.listBreakpoints(), client.halt()])
  delve.write(reply)
  expect(await asked).toMatchObject([{ reason: { kind: 'malformed' } }, { reason: { kind: 'malformed' } }])
  await client.closed
  await expect(client.listBreakpoints()).rejects.toMatchObject({ kind: 'malformed' })
})

test('a result of another shape fails its question only', async () => {
  const { client, delve } = open()
  const state = client.state({ nonBlocking: true })
  const frames = client.stacktrace({ goroutine: -1, depth: 1 })
  delve.write('{"id":1,"result":{"State":{"Running":"yes"}},"error":null}\n{"id":2,"result":{"Locations":[]},"error":null}\n')
  await expect(state).rejects.toMatchObject({ kind: 'malformed' })
  expect(await frames).toEqual([])
})

test('values that are nested without end are read to a depth', async () => {
  const { client, delve } = open()
  const asked = client.eval({ GoroutineID: -1, Frame: 0 }, 'x', {
    FollowPointers: true,
    MaxVariableRecurse: 1,
    MaxStringLen: 1,
    MaxArrayValues: 1,
    MaxStructFields: -1,
  })
  const level = { name: '', addr: 1, onlyAddr: false, type: 'T', kind: 22, flags: 0, value: '', len: 0, cap: 0, base: 0, unreadable: '' }
  let value: object = { ...level, children: [] }
  for (let depth = 0; depth < 1000; depth++) value = { ...level, children: [value] }
  delve.write(`${JSON.stringify({ id: 1, result: { Variable: value }, error: null })}\n`)
  let depth = 0
  for (let found = await asked; found.children[0]; found = found.children[0]) depth++
  expect(depth).toBe(10)
})

test('too many questions are refused, not queued without end', async () => {
  const { client } = open()
  const asked = Array.from({ length: 300 }, () => client.listBreakpoints())
  const outcomes = Promise.allSettled(asked)
  await expect(asked[299]).rejects.toThrow('Too many questions')
  client.close()
  expect((await outcomes).filter((outcome) => outcome.status === 'rejected')).toHaveLength(300)
})

test('when Delve hangs up, what was asked is answered by that', async () => {
  const { client, delve } = open()
  const asked = client.halt()
  delve.end()
  await expect(asked).rejects.toMatchObject({ kind: 'closed' })
  await client.closed
})

test('a reply that nobody waits for is told by its number and not parsed, nor is a second one to the same question', async () => {
  const { client, delve } = open()
  const asked = client.findLocation('main.go:1')
  const parse = vi.spyOn(JSON, 'parse')
  delve.write(`{"id":99,"result":[${'{},'.repeat(1_000_000)}{}],"error":null}\n`)
  delve.write('{"id":1,"result":{"Locations":null},"error":null}\n')
  delve.write(`{"id":1,"result":[${'{},'.repeat(100_000)}{}],"error":null}\n`)
  expect(await asked).toEqual([])
  const next = client.findLocation('main.go:2')
  delve.write('{"id":2,"result":{"Locations":null},"error":null}\n')
  expect(await next).toEqual([])
  expect(parse.mock.calls.map(([text]) => text.length).filter((length) => length > 100)).toEqual([])
  parse.mockRestore()
})

test('an answer that is too long fails its question in words, and the next one is answered', async () => {
  const { client, delve } = open()
  const asked = client.listBreakpoints()
  delve.write(`{"id":1,"result":{"Breakpoints":["${'x'.repeat(3_000_000)}"]},"error":null}\n`)
  await expect(asked).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('too many to show') })
  const next = client.listBreakpoints()
  delve.write('{"id":2,"result":{"Breakpoints":null},"error":null}\n')
  expect(await next).toEqual([])
})
