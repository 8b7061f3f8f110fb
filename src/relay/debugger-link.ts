/** Joins a session to its sandbox's Delve: attaches it, follows what the reader's dlv does, and reads values. */
import { type DebuggerFollower, followDebugger } from '../delve/follow.ts'
import { connectDelve, type DelveClient } from '../delve/rpc.ts'
import type { DebuggerEvent } from '../delve/state.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'

export interface DebuggerLink {
  readonly follower: DebuggerFollower
  close(): void
}

/** Attaches the debugger, which takes some seconds the first time. Rejects as the sandbox does. Open it before the first `dlv connect`: it misses nothing then. */
export async function linkDebugger(sandbox: Sandbox, onEvent: (event: DebuggerEvent) => void): Promise<DebuggerLink> {
  await sandbox.attachDebugger()
  const clients: DelveClient[] = []
  const spend = (bytes: number) => sandbox.charge(bytes)
  try {
    // Two: a read that Delve answers only at the next halt must not hold up the call that halts.
    const client = connectDelve(await sandbox.dialDebugger(), { spend })
    clients.push(client)
    const halter = connectDelve(await sandbox.dialDebugger(), { spend })
    clients.push(halter)
    const follower = followDebugger({ client, halter, onEvent, spend })
    const deaf = sandbox.onEvent((event) => {
      if (event.type === 'tap') follower.tap(event.connection, event.direction, event.bytes)
      if (event.type === 'tap-closed') follower.tapClosed(event.connection)
    })
    return {
      follower,
      close: () => {
        deaf()
        follower.close()
        for (const each of clients) each.close()
      },
    }
  } catch (error) {
    for (const each of clients) each.close()
    throw error
  }
}
