/** A halt that Delve forgets, since it came just before the target was resumed. */
import { createInterface } from 'node:readline'
import { duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { followDebugger } from '../../../src/delve/follow.ts'
import { connectDelve } from '../../../src/delve/rpc.ts'
import { DebuggerEvents } from '../../support/debugger-events.ts'

const RUNNING = { Pid: 1, Running: true, Threads: null, exited: false, exitStatus: 0 }
const thread = { id: 1, pc: 1, file: '/main.go', line: 7, function: { name: 'main.main' }, goroutineID: 1, breakPoint: null }
const HALTED = { ...RUNNING, Running: false, currentThread: thread }

test('a halt that is not answered is asked for again, and the answer to either is enough', async () => {
  const [ours, theirs] = duplexPair()
  const events = new DebuggerEvents()
  const halts: number[] = []
  const answer = (id: number, state: object) => theirs.write(`${JSON.stringify({ id, result: { State: state }, error: null })}\n`)
  createInterface({ input: theirs }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line)
    if (method === 'RPCServer.State' && params[0].NonBlocking) answer(id, RUNNING)
    // The first is lost. As with Delve, it is answered with the second.
    if (method === 'RPCServer.Command' && halts.push(id) === 2) for (const halt of halts) answer(halt, HALTED)
  })
  const follower = followDebugger({ client: connectDelve(theirsEnd()), halter: connectDelve(ours), onEvent: events.take })
  await events.target('running')
  await follower.halt()
  expect(halts).toHaveLength(2)
  expect(await events.target('halted')).toMatchObject({ at: { function: 'main.main' } })
  follower.close()
  ours.destroy()
})

/** A connection on which nothing is ever answered. */
function theirsEnd() {
  return duplexPair()[0]
}
