/** Time from asking the relay for a session to Delve's prompt in its terminal: from nothing, and with one sandbox booted ahead. */

import { startRelay } from '../../src/relay/relay.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import { openReader } from '../support/reader.ts'
import type { Bench, Lab } from './bench.ts'
import { percentile, type Row } from './table.ts'
import { watchBackend, within } from './watched-backend.ts'

const TIMES = 3

export const start: Bench = {
  title: 'Asking for a session to the debugger’s prompt',
  run: async (lab) => [row('one sandbox booted ahead', await measure(lab, 1), 2_500), row('cold: nothing is running', await measure(lab, 0), 7_000)],
}

async function measure({ built, site, log, signal }: Lab, ahead: number): Promise<number[]> {
  const backend = watchBackend(await openBubblewrap({ built: await built(), log: () => {} }), signal)
  const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log })
  const took: number[] = []
  try {
    relay.goLive({ backend, ahead })
    for (let count = 1; count <= TIMES; count++) {
      signal.throwIfAborted()
      // The relay boots the next one ahead when the reader before has theirs.
      if (ahead > 0) await backend.opened(count)
      const began = performance.now()
      const reader = await openReader({ url: relay.url })
      await within(reader.says('debugger', /\(dlv\) *$/), 'The prompt of the debugger', signal)
      took.push(performance.now() - began)
      reader.send({ type: 'end' })
      await reader.closed
    }
  } finally {
    await relay.close()
    await backend.close()
  }
  return took
}

function row(what: string, took: readonly number[], budget: number): Row {
  const all = took.map((milliseconds) => (milliseconds / 1000).toFixed(2)).join(', ')
  return { what, value: percentile(took, 0.95), unit: 'ms', budget, note: `slowest of ${took.length}: ${all} s` }
}
