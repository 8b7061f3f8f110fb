/** Where the target is, out of Delve's state. */
import type { ApiLocation, ApiState } from './api.ts'
import type { Place, TargetState } from './state.ts'

/** Characters of a path or a function's name that are kept. */
const MAX_NAME = 1_024

export function place(location: ApiLocation): Place {
  return { file: location.file.slice(0, MAX_NAME), line: location.line, function: (location.function?.name ?? '???').slice(0, MAX_NAME) }
}

/**
 * The halted target, or null when the state says nothing of that kind. Goroutine 0 is none: the thread was in the runtime's own code.
 * `hit` is whether the breakpoint of the thread is why it halted.
 */
export function haltedState(state: ApiState, hit: boolean): Extract<TargetState, { is: 'halted' }> | null {
  const thread = state.currentThread
  if (state.Running || state.exited || !thread) return null
  const goroutine = state.currentGoroutine?.id ? state.currentGoroutine : null
  // A parked goroutine that was switched to is on no thread.
  const at = !goroutine || goroutine.threadID === thread.id ? thread : goroutine.currentLoc
  const breakpoint = hit && at === thread ? thread.breakPoint : null
  return {
    is: 'halted',
    goroutine: goroutine?.id ?? 0,
    frame: 0,
    at: place(at),
    breakpoint: breakpoint ? breakpoint.name.slice(0, MAX_NAME) || String(breakpoint.id) : null,
  }
}

/** The exited target in Delve's words, from a reply or from the error that later calls get; null when it says something else. */
export function exitedState(from: ApiState | string): Extract<TargetState, { is: 'exited' }> | null {
  if (typeof from !== 'string') return from.exited ? { is: 'exited', why: `Process ${from.Pid} has exited with status ${from.exitStatus}` } : null
  return /process \d+ has exited/i.test(from) ? { is: 'exited', why: from } : null
}
