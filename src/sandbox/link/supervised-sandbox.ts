/** A sandbox as its supervisor's line shows it; the same for every backend with a supervisor. */
import type { Duplex, Readable, Writable } from 'node:stream'
import type { Program, Sandbox, SandboxEnding, SandboxEvent, Setup, StartProgress, Terminal } from '../sandbox.ts'
import { Link } from './link.ts'
import { LinkedStream } from './linked-stream.ts'
import { LinkedTerminal } from './linked-terminal.ts'
import type { Told } from './messages.ts'

export interface Supervised {
  id: string
  substitute: Sandbox['substitute']
  setup: Setup
  toSupervisor: Writable
  fromSupervisor: Readable
  onProgress: StartProgress
  /** Ends everything that belongs to the sandbox and resolves when nothing is left of it. Called once at most. */
  remove: () => Promise<void>
}

export class SupervisedSandbox implements Sandbox {
  readonly id: string
  readonly substitute: Sandbox['substitute']
  readonly ended: Promise<SandboxEnding>
  /** Resolves when a Pod can be created, rejects when the start failed or the sandbox ended before. */
  readonly ready: Promise<void>
  readonly #link: Link
  readonly #remove: () => Promise<void>
  readonly #onProgress: StartProgress
  readonly #terminals = new Map<number, LinkedTerminal>()
  readonly #streams = new Map<number, LinkedStream>()
  readonly #listeners = new Set<(event: SandboxEvent) => void>()
  /** Each ends once, whatever a supervisor says. */
  readonly #endedProcesses = new Set<string>()
  #numbers = 0
  #attached: Promise<void> | null = null
  #removed: Promise<void> | null = null
  #end!: (ending: SandboxEnding) => void
  #becomeReady!: () => void
  #failToStart!: (error: Error) => void

  constructor(supervised: Supervised) {
    this.id = supervised.id
    this.substitute = supervised.substitute
    this.#remove = supervised.remove
    this.#onProgress = supervised.onProgress
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve
      this.#failToStart = reject
    })
    this.ready.catch(() => {})
    this.#link = new Link(supervised.toSupervisor, supervised.fromSupervisor, {
      message: (message) => this.#message(message),
      terminal: (id, bytes) => this.#terminals.get(id)?.output(bytes),
      stream: (id, bytes) => this.#streams.get(id)?.receive(bytes),
      tap: (connection, direction, bytes) => this.#tell({ type: 'tap', connection, direction, bytes }),
      broken: (why) => this.over({ reason: 'died', words: `The sandbox was ended because its supervisor broke the rules: ${why}.` }),
    })
    this.#link.tell({ type: 'start', substitute: this.substitute, setup: supervised.setup })
  }

  attachDebugger(): Promise<void> {
    this.#attached ??= this.#link.ask({ type: 'attach' }).catch((error) => {
      this.#attached = null
      throw error
    })
    return this.#attached
  }

  async openTerminal(options: { program: Program; columns: number; rows: number; onOutput: (bytes: Buffer) => void }): Promise<Terminal> {
    const { program, columns, rows, onOutput } = options
    if (program === 'debugger') await this.attachDebugger()
    const id = this.#freeNumber(this.#terminals)
    const terminal = new LinkedTerminal(this.#link, id, onOutput)
    this.#terminals.set(id, terminal)
    try {
      await this.#link.ask({ type: 'open-terminal', terminal: id, program, columns, rows })
      return terminal
    } catch (error) {
      this.#terminals.delete(id)
      throw error
    }
  }

  async dialDebugger(): Promise<Duplex> {
    const id = this.#freeNumber(this.#streams)
    const stream = new LinkedStream(this.#link, id)
    this.#streams.set(id, stream)
    try {
      await this.#link.ask({ type: 'dial', stream: id })
      return stream
    } catch (error) {
      this.#streams.delete(id)
      stream.destroy()
      throw error
    }
  }

  onEvent(listener: (event: SandboxEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  charge(bytes: number): void {
    this.#link.charge(bytes)
  }

  async close(): Promise<void> {
    this.over({ reason: 'closed' })
    await this.#removed
  }

  /** Whoever watches the sandbox's process says here that it is over; the first to say so names the reason. */
  over(ending: SandboxEnding): void {
    if (this.#removed) return
    this.#link.end()
    this.#failToStart(new Error(ending.reason === 'died' ? ending.words : 'The sandbox was closed while it started.'))
    for (const terminal of this.#terminals.values()) terminal.end(-1)
    for (const stream of this.#streams.values()) stream.hangUp()
    this.#terminals.clear()
    this.#streams.clear()
    this.#removed = this.#remove().then(() => this.#end(ending))
  }

  #message(message: Told): void {
    switch (message.type) {
      case 'progress':
        this.#onProgress(message.words)
        break
      case 'ready':
        this.#becomeReady()
        break
      case 'failed':
        this.#failToStart(new Error(message.words))
        break
      case 'terminal-ended':
        this.#terminals.get(message.terminal)?.end(message.code)
        this.#terminals.delete(message.terminal)
        break
      case 'stream-ended':
        this.#streams.get(message.stream)?.hangUp()
        this.#streams.delete(message.stream)
        break
      case 'process-ended':
        if (this.#endedProcesses.has(message.name)) break
        this.#endedProcesses.add(message.name)
        this.#tell(message)
        break
      case 'tap-closed':
        this.#tell(message)
        break
    }
  }

  #tell(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Never one that is in use, nor one used lately: a late frame must not reach the next owner. */
  #freeNumber(used: ReadonlyMap<number, unknown>): number {
    do {
      this.#numbers = (this.#numbers + 1) % 65_536
    } while (used.has(this.#numbers))
    return this.#numbers
  }
}
