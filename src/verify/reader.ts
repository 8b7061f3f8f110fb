/** The reader that verify plays: a sandbox with the debugger attached, its two terminals, and an ear for what the debugger does. */
import { EventEmitter, once } from 'node:events'
import { atPrompt } from '../book/check/prompt.ts'
import { followDebugger } from '../delve/follow.ts'
import { connectDelve } from '../delve/rpc.ts'
import type { Breakpoint, DebuggerEvent, TargetState } from '../delve/state.ts'
import type { Program, Sandbox } from '../sandbox/sandbox.ts'
import { openReaderTerminal, type ReaderTerminal } from './reader-terminal.ts'

/** What happens, as it is recorded. */
export type Happening = { terminal: Program; says: string } | { debugger: DebuggerEvent }

/** Milliseconds without anything happening after which a step's aftermath is over. */
const QUIET_MS = 300

export interface Reader {
  readonly terminals: Readonly<Record<Program, ReaderTerminal>>
  /** What is known of the debugger now. */
  target(): TargetState | null
  breakpoints(): readonly Breakpoint[]
  /** Resolves with true when `check` is, looked at after each happening; with false when `milliseconds` are over. Rejects when the sandbox has ended. */
  until(check: () => boolean, milliseconds: number): Promise<boolean>
  /** Resolves with true when the terminal waits for a command and all that the last one caused has been told; otherwise as `until`. */
  ready(program: Program, milliseconds: number): Promise<boolean>
  /** Aborted when the sandbox ends or verify is interrupted. */
  readonly signal: AbortSignal
  close(): void
}

export interface SitDownOptions {
  sandbox: Sandbox
  /** Milliseconds between two keys. */
  keyMilliseconds: number
  onHappening: (happening: Happening) => void
  signal: AbortSignal
}

/** Attaches the debugger and opens both terminals. The sandbox stays whoever's it is. */
export async function sitDown({ sandbox, keyMilliseconds, onHappening, signal }: SitDownOptions): Promise<Reader> {
  const changes = new EventEmitter()
  const ended = new AbortController()
  const over = AbortSignal.any([signal, ended.signal])
  let target: TargetState | null = null
  let breakpoints: readonly Breakpoint[] = []
  const happens = (happening: Happening) => {
    onHappening(happening)
    changes.emit('change')
  }

  await sandbox.attachDebugger()
  const client = connectDelve(await sandbox.dialDebugger())
  const halter = connectDelve(await sandbox.dialDebugger())
  const follower = followDebugger({
    client,
    halter,
    onEvent: (event) => {
      if (event.type === 'target') target = event.state
      if (event.type === 'breakpoints') breakpoints = event.breakpoints
      happens({ debugger: event })
    },
  })
  const stopListening = sandbox.onEvent((event) => {
    if (event.type === 'tap') follower.tap(event.connection, event.direction, event.bytes)
    if (event.type === 'tap-closed') follower.tapClosed(event.connection)
    if (event.type === 'process-ended') ended.abort(new Error(`In the sandbox, ${event.name} ended: ${event.words}`))
  })
  void sandbox.ended.then((ending) =>
    ended.abort(new Error(ending.reason === 'died' ? `The sandbox died: ${ending.words}` : 'The sandbox was closed.')),
  )

  const open = (program: Program) =>
    openReaderTerminal({
      sandbox,
      program,
      keyMilliseconds,
      onSaid: (says) => happens({ terminal: program, says }),
      onShown: () => changes.emit('change'),
    })
  const terminals = { debugger: await open('debugger'), shell: await open('shell') }

  async function until(check: () => boolean, milliseconds: number): Promise<boolean> {
    const late = AbortSignal.timeout(milliseconds)
    while (!check()) {
      over.throwIfAborted()
      if (late.aborted) return false
      await change(late)
    }
    return true
  }

  /** Resolves with whether something happened before `late`. */
  function change(late: AbortSignal): Promise<boolean> {
    return once(changes, 'change', { signal: AbortSignal.any([over, late]) }).then(
      () => true,
      () => false,
    )
  }

  /** The follower has read arguments, locals and the stack of the halt it told of. */
  function told(): boolean {
    if (target?.is !== 'halted') return true
    const types = follower.current().map((event) => event.type)
    return types.includes('variables') && types.includes('stack')
  }

  async function quiet(): Promise<void> {
    while (await change(AbortSignal.timeout(QUIET_MS)));
    over.throwIfAborted()
  }

  return {
    terminals,
    target: () => target,
    breakpoints: () => breakpoints,
    until,
    ready: async (program, milliseconds) => {
      const waits = await until(() => atPrompt(program, terminals[program].line()) && told(), milliseconds)
      if (waits) await quiet()
      return waits
    },
    signal: over,
    close: () => {
      stopListening()
      follower.close()
      client.close()
      halter.close()
      for (const terminal of Object.values(terminals)) terminal.close()
    },
  }
}
