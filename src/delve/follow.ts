/** Follows the reader's debugger: what passes the tap, and what a second connection reads, become DebuggerEvents in order. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ApiState } from './api.ts'
import { readBreakpoints } from './breakpoints.ts'
import { goroutineOf, readStack, readVariables } from './reads.ts'
import { type DelveClient, DelveError } from './rpc.ts'
import type { DebuggerEvent, Place, TargetState, Variable } from './state.ts'
import { openTap, type TapNews } from './tap.ts'
import { exitedState, haltedState, place } from './target.ts'
import { EXPANDED, toVariable } from './variable.ts'

/** How long a halt may take to be answered, and then to show on the tap, before it is asked for once more; and how often to ask. */
const HALT_ANSWER_MS = 1_000
const HALT_MS = 250
const HALT_TRIES = 20

export interface DebuggerFollower {
  /** Bytes of the reader's dlv as they pass. */
  tap(connection: number, direction: 'request' | 'reply', bytes: Uint8Array): void
  tapClosed(connection: number): void
  /** Resolves when the target is halted, at once when it is. Rejects with DelveError. */
  halt(): Promise<void>
  /** Loads the members of a value in a frame of the halted goroutine. Rejects with DelveError: it runs, or Delve's own words. */
  expand(expression: string, frame: number): Promise<Variable>
  /** What a late joiner must be told. */
  current(): DebuggerEvent[]
  /** Stops telling. The clients are closed by whoever opened them. */
  close(): void
}

export interface FollowOptions {
  /** Reads values. Delve answers reads only while the target is halted: one sent too late holds up this connection until the next stop. */
  client: DelveClient
  /** Asks for the state and halts, so it should be another connection than `client`. */
  halter?: DelveClient
  onEvent: (event: DebuggerEvent) => void
  /** Told what hearing the reader's dlv costs, in bytes parsed. */
  spend?: (bytes: number) => void
}

type Halted = Extract<TargetState, { is: 'halted' }>

/** Begins with finding out whether the target runs; from then on only what happens causes questions. */
export function followDebugger({ client, halter = client, onEvent, spend }: FollowOptions): DebuggerFollower {
  let target: TargetState | null = null
  /** Aborted when the target leaves the halt it is in, and when it has chosen another frame of it. */
  let halt = new AbortController()
  let view = new AbortController()
  let breakpointsStale = true
  let stackStale = false
  let variablesStale = false
  let reading = false
  let watching = false
  let asking = false
  let again = false
  let over = false
  const latest = new Map<DebuggerEvent['type'], DebuggerEvent>()
  const tap = openTap(took, spend)

  function tell(event: DebuggerEvent) {
    if (over) return
    latest.set(event.type, event)
    onEvent(event)
  }

  function tellUnless(left: AbortSignal, event: DebuggerEvent | null) {
    if (event && !left.aborted) tell(event)
  }

  function move(state: TargetState) {
    halt.abort()
    view.abort()
    halt = new AbortController()
    view = new AbortController()
    latest.delete('stack')
    latest.delete('variables')
    target = state
    tell({ type: 'target', state })
    if (state.is !== 'halted') return
    stackStale = true
    variablesStale = true
    void read()
  }

  function stopped(state: ApiState, hit: boolean) {
    const now = exitedState(state) ?? haltedState(state, hit)
    if (!now) return
    // A halt is told twice when somebody asked for it: to them, and to the command it cut short.
    if (target && target.is === now.is && !(now.is === 'halted' && target.is === 'halted' && isElsewhere(target, now))) return
    move(now)
  }

  function choseFrame(news: Extract<TapNews, { is: 'frame' }>) {
    if (target?.is !== 'halted') return
    const goroutine = news.goroutine > 0 ? news.goroutine : target.goroutine
    const at = place(news.at)
    if (goroutine === target.goroutine && news.frame === target.frame) return
    if (goroutine !== target.goroutine) return move({ is: 'halted', goroutine, frame: news.frame, at, breakpoint: null })
    view.abort()
    view = new AbortController()
    latest.delete('variables')
    target = { ...target, frame: news.frame, at, breakpoint: null }
    tell({ type: 'target', state: target })
    variablesStale = true
    void read()
  }

  function took(news: TapNews) {
    switch (news.is) {
      case 'resumed':
        // A tracepoint lets dlv resume again and again: it runs all the while. What has exited cannot run.
        if (target?.is !== 'exited' && target?.is !== 'running') move({ is: 'running' })
        return
      case 'stopped':
        return stopped(news.state, true)
      case 'switched':
        return stopped(news.state, false)
      case 'frame':
        return choseFrame(news)
      case 'refused':
        return tell({ type: 'break-refused', location: news.location, why: news.why })
      case 'breakpoints':
        breakpointsStale = true
        return void read()
      case 'assigned':
        variablesStale = true
        return void read()
      case 'unclear':
        return void ask()
    }
  }

  /** Asks where the target is, one question at a time: however often it becomes unclear, none pile up. */
  async function ask() {
    again = true
    if (asking) return
    asking = true
    while (again && !over) {
      again = false
      await askOnce()
    }
    asking = false
  }

  /** While the target runs and no dlv waits for it, nobody else would tell that it stops: then a second question waits for that. */
  async function askOnce() {
    const then = halt.signal
    try {
      const state = await halter.state({ nonBlocking: true })
      if (over || then.aborted) return
      if (!state.Running) return stopped(state, true)
      if (target?.is !== 'running') move({ is: 'running' })
      void watch()
    } catch (error) {
      gone(error, then)
    }
  }

  async function watch() {
    if (watching || tap.resuming()) return
    watching = true
    const then = halt.signal
    try {
      const state = await halter.state({ nonBlocking: false })
      watching = false
      if (over) return
      if (!then.aborted) return stopped(state, true)
      if (target?.is === 'running') await watch()
    } catch (error) {
      watching = false
      gone(error, then)
    }
  }

  /** After an error: the target may have exited, or the connection is over, which the session learns elsewhere. */
  function gone(error: unknown, then: AbortSignal) {
    const exited = error instanceof DelveError && error.kind === 'refused' ? exitedState(error.message) : null
    if (exited && !then.aborted && target?.is !== 'exited') move(exited)
  }

  /** Reads whatever is stale, one batch at a time: however fast the reader steps, no questions pile up. */
  async function read() {
    if (reading) return
    reading = true
    while (!over && target?.is === 'halted' && (stackStale || variablesStale || breakpointsStale)) {
      const [now, breakpoints] = [target, breakpointsStale]
      // Asked together, told in order, so that two runs of a walk tell the same.
      const variables = variablesStale ? readVariables(client, now) : null
      const stack = stackStale ? readStack(client, now) : null
      const [left, leftView] = [halt.signal, view.signal]
      variablesStale = stackStale = breakpointsStale = false
      tellUnless(leftView, await variables)
      tellUnless(left, await stack)
      if (breakpoints) await tellBreakpoints(halt.signal)
    }
    reading = false
  }

  async function tellBreakpoints(left: AbortSignal) {
    const breakpoints = await readBreakpoints(client).catch(() => null)
    if (breakpoints && !left.aborted) tell({ type: 'breakpoints', breakpoints })
    else breakpointsStale ||= breakpoints !== null
  }

  /**
   * The state after a halt, or null when that is not answered in time or the target moves before. A halt that overtakes a command is lost, since
   * Delve forgets it on resuming (`CheckAndClearManualStopRequest` in proc/target_exec.go), and may then be answered only at the next stop.
   */
  async function haltOnce(then: AbortSignal): Promise<ApiState | null> {
    const enough = new AbortController()
    const late = delay(HALT_ANSWER_MS, null, { signal: AbortSignal.any([then, enough.signal]) }).catch(() => null)
    const answer = halter.halt()
    // Its error counts only while somebody waits for it.
    answer.catch(() => {})
    try {
      return await Promise.race([answer, late])
    } finally {
      enough.abort()
    }
  }

  async function haltTarget() {
    await known
    for (let count = 0; count < HALT_TRIES && target?.is === 'running'; count++) {
      const then = halt.signal
      const state = await haltOnce(then)
      if (then.aborted || !state) continue
      // The command that this halt cuts short tells where it stopped.
      if (tap.resuming()) await delay(HALT_MS, undefined, { signal: then }).catch(() => {})
      else stopped(state, true)
    }
    if (target?.is !== 'halted') throw new DelveError('refused', target?.is === 'exited' ? target.why : 'The target did not halt.')
  }

  const known = ask()

  return {
    tap: tap.bytes,
    tapClosed: tap.closed,
    halt: haltTarget,
    expand: async (expression, frame) => {
      if (target?.is !== 'halted') throw new DelveError('refused', RUNS)
      const left = halt.signal
      const resumed = Promise.withResolvers<never>()
      const leave = () => resumed.reject(new DelveError('refused', RUNS))
      left.addEventListener('abort', leave)
      try {
        const scope = { GoroutineID: goroutineOf(target), Frame: frame }
        const value = await Promise.race([client.eval(scope, expression, EXPANDED), resumed.promise])
        return toVariable(value, value.name, expression)
      } finally {
        left.removeEventListener('abort', leave)
      }
    },
    current: () => ORDER.flatMap((type) => latest.get(type) ?? []),
    close: () => {
      over = true
      tap.close()
      halt.abort()
      view.abort()
    },
  }
}

const RUNS = 'The target is running. Values can be read while it is halted.'
/** A refusal is news only once. */
const ORDER = ['target', 'variables', 'stack', 'breakpoints'] as const

function isElsewhere(before: Halted, now: Halted): boolean {
  return before.goroutine !== now.goroutine || before.frame !== now.frame || !isSame(before.at, now.at)
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.function === b.function
}
