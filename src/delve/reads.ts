/** What is read of a halted target: the variables of a frame and the stack of a goroutine. */
import type { DelveClient } from './rpc.ts'
import type { DebuggerEvent, TargetState } from './state.ts'
import { place } from './target.ts'
import { AT_A_GLANCE, toVariables } from './variable.ts'

/** Frames of a stack that are told. A request's whole chain of handlers is 65 deep. */
const MAX_FRAMES = 100

type Halted = Extract<TargetState, { is: 'halted' }>

/** Delve's number for the selected goroutine, or for the thread when it runs none. */
export const goroutineOf = ({ goroutine }: Halted): number => goroutine || -1

/** Never rejects: code without debug information has no variables, so there is just nothing to show. */
export async function readVariables(client: DelveClient, at: Halted): Promise<DebuggerEvent> {
  const scope = { GoroutineID: goroutineOf(at), Frame: at.frame }
  const [given, locals] = await Promise.all([
    client.listFunctionArgs(scope, AT_A_GLANCE).then(toVariables, none),
    client.listLocalVars(scope, AT_A_GLANCE).then(toVariables, none),
  ])
  return { type: 'variables', goroutine: at.goroutine, frame: at.frame, arguments: given, locals }
}

/** Never rejects: a goroutine that ended has no stack. */
export async function readStack(client: DelveClient, at: Halted): Promise<DebuggerEvent> {
  const found = await client.stacktrace({ goroutine: goroutineOf(at), depth: MAX_FRAMES - 1 }).catch(none)
  return { type: 'stack', goroutine: at.goroutine, frames: found.map(place), more: found.length === MAX_FRAMES }
}

function none(): [] {
  return []
}
