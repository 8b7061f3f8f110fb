/** A backend whose sandboxes do just what a test tells them: for moments that no real sandbox can be made to have. */
import { Duplex } from 'node:stream'
import type { Backend, OpenOptions, Program, Sandbox, SandboxEnding, SandboxEvent, Setup, Terminal } from '../../../src/sandbox/sandbox.ts'

export class StubTerminal implements Terminal {
  readonly program: Program
  /** What was typed, all of it. */
  typed = ''
  size: { columns: number; rows: number }
  /** How often its size was changed. */
  sizes = 0
  /** Bytes said, and of those the ones acknowledged. */
  said = 0
  acknowledged = 0
  readonly exited: Promise<number>
  readonly exit: (code: number) => void
  readonly #onOutput: (bytes: Buffer) => void
  #onTyped: (() => void)[] = []
  #onAcknowledged: (() => void)[] = []

  constructor({ program, columns, rows, onOutput }: { program: Program; columns: number; rows: number; onOutput: (bytes: Buffer) => void }) {
    this.program = program
    this.size = { columns, rows }
    this.#onOutput = onOutput
    const { promise, resolve } = Promise.withResolvers<number>()
    this.exited = promise
    this.exit = resolve
  }

  say(text: string | Uint8Array): void {
    const bytes = Buffer.from(text as string)
    this.said += bytes.length
    this.#onOutput(bytes)
  }

  write(bytes: Uint8Array | string): void {
    this.typed += Buffer.from(bytes as string).toString()
    for (const listener of this.#onTyped) listener()
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows }
    this.sizes += 1
    for (const listener of this.#onTyped) listener()
  }

  acknowledge(bytes: number): void {
    this.acknowledged += bytes
    for (const listener of this.#onAcknowledged) listener()
  }

  close(): void {
    this.exit(0)
  }

  /** Resolves when `match` is true of this terminal; asked after each key and resize. */
  until(match: (terminal: StubTerminal) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => match(this) && resolve()
      this.#onTyped.push(check)
      check()
    })
  }

  /** Resolves at the next acknowledgement. */
  acknowledgement(): Promise<void> {
    const before = this.acknowledged
    return new Promise((resolve) => {
      this.#onAcknowledged.push(() => this.acknowledged !== before && resolve())
    })
  }

  /** Resolves when everything said has been acknowledged. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => this.acknowledged === this.said && resolve()
      this.#onAcknowledged.push(check)
      check()
    })
  }
}

export class StubSandbox implements Sandbox {
  readonly id: string
  readonly substitute = [['k8s.io/apiserver@v0.36.3', 'staging/src/k8s.io/apiserver']] as const
  readonly terminals: StubTerminal[] = []
  readonly ended: Promise<SandboxEnding>
  closed = false
  readonly #listeners = new Set<(event: SandboxEvent) => void>()
  readonly #end: (ending: SandboxEnding) => void

  constructor(id: string) {
    this.id = id
    const { promise, resolve } = Promise.withResolvers<SandboxEnding>()
    this.ended = promise
    this.#end = resolve
  }

  async attachDebugger(): Promise<void> {}

  async openTerminal(options: ConstructorParameters<typeof StubTerminal>[0]): Promise<StubTerminal> {
    const terminal = new StubTerminal(options)
    this.terminals.push(terminal)
    return terminal
  }

  async dialDebugger(): Promise<Duplex> {
    return runningDelve()
  }

  charge(): void {}

  onEvent(listener: (event: SandboxEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  die(words: string): void {
    for (const terminal of this.terminals) terminal.exit(-1)
    this.#end({ reason: 'died', words })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const terminal of this.terminals) terminal.exit(-1)
    this.#end({ reason: 'closed' })
  }

  /** The last terminal that was opened for `program`. */
  terminal(program: Program): StubTerminal {
    const terminal = this.terminals.findLast((each) => each.program === program)
    if (!terminal) throw new Error(`There is no terminal for the ${program} yet.`)
    return terminal
  }
}

export class StubBackend implements Backend {
  readonly name = 'fake'
  readonly limits = 'none'
  readonly sandboxes: StubSandbox[] = []
  /** What a start waits for; a test may reject it. */
  readonly start: (options: OpenOptions) => Promise<void>
  /** What each start was asked to prepare; null for a plain sandbox. */
  readonly setups: (Setup | null)[] = []

  constructor(start: StubBackend['start'] = async () => {}) {
    this.start = start
  }

  async open(options: OpenOptions = {}): Promise<StubSandbox> {
    this.setups.push(options.setup ?? null)
    await this.start(options)
    const sandbox = new StubSandbox(`stub-${this.sandboxes.length}`)
    this.sandboxes.push(sandbox)
    return sandbox
  }

  async prepare(): Promise<void> {}

  /** The sandboxes that are neither closed nor dead. */
  get alive(): StubSandbox[] {
    return this.sandboxes.filter(({ closed }) => !closed)
  }

  async close(): Promise<void> {
    for (const sandbox of this.sandboxes) await sandbox.close()
  }
}

/** A Delve whose target runs: says so when asked, and leaves every other question open, as the real one does. */
function runningDelve(): Duplex {
  const delve = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        const { id, params } = JSON.parse(line) as { id: number; params: [{ NonBlocking?: boolean }] }
        const State = { Pid: 1, Running: true, Threads: null, exited: false, exitStatus: 0 }
        if (params[0].NonBlocking) delve.push(`${JSON.stringify({ id, result: { State }, error: null })}\n`)
      }
      done()
    },
  })
  return delve
}
