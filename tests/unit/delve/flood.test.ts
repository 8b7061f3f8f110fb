/** The follower of a reader's dlv that floods it. An honest one is in follow.test.ts. */
import { createInterface } from 'node:readline'
import { duplexPair } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { followDebugger } from '../../../src/delve/follow.ts'
import { connectDelve } from '../../../src/delve/rpc.ts'

const RUNNING = { Pid: 1, Running: true, Threads: null, exited: false, exitStatus: 0 }

test('a dlv that resumes and leaves again and again causes one question at a time', async () => {
  const [ours, theirs] = duplexPair()
  const asked: { id: number; params: [{ NonBlocking: boolean }] }[] = []
  createInterface({ input: theirs }).on('line', (line) => asked.push(JSON.parse(line)))
  const follower = followDebugger({ client: connectDelve(ours), onEvent: () => {} })
  for (let count = 0; count < 100; count++) {
    follower.tap(7, 'request', Buffer.from('{"method":"RPCServer.Command","params":[{"name":"continue"}],"id":1}\n'))
    follower.tapClosed(7)
  }
  while (asked.length === 0) await setImmediate()
  expect(asked).toHaveLength(1)
  theirs.write(`${JSON.stringify({ id: 1, result: { State: RUNNING }, error: null })}\n`)
  while (asked.length < 2) await setImmediate()
  expect(asked.map(({ params }) => params[0].NonBlocking)).toEqual([true, true])
  theirs.write(`${JSON.stringify({ id: 2, result: { State: RUNNING }, error: null })}\n`)
  // Then only the one that waits for the next stop is left.
  while (asked.length < 3) await setImmediate()
  expect(asked[2]?.params[0].NonBlocking).toBe(false)
  follower.close()
  ours.destroy()
})
