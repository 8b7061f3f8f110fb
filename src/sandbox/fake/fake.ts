/** An honest fake: sandboxes without any program behind them, for tests of what stands on the door. It passes the contract of the real ones where that applies. */
import { type Duplex, duplexPair } from 'node:stream'
import type { Backend, OpenOptions, Program, Sandbox, SandboxEnding, SandboxEvent, Terminal } from '../sandbox.ts'
import { serveDelve } from './delve-server.ts'
import { dlvProgram } from './dlv.ts'
import { type Pods, shellProgram } from './shell.ts'
import { tapped } from './tap.ts'
import { FakeTarget } from './target.ts'
import { Tty } from './tty.ts'

const SUBSTITUTE = [
  ['k8s.io/apiserver@v0.36.3', 'staging/src/k8s.io/apiserver'],
  ['net', 'go/src/net'],
] as const

/** Opens the fake; nothing is started and nothing is left behind. */
export function openFake(): Backend {
  const sandboxes = new Set<FakeSandbox>()
  let count = 0
  async function open(options: OpenOptions = {}): Promise<Sandbox> {
    for (const words of ['starting etcd', 'starting the API server', 'starting the controllers']) {
      options.onProgress?.(words)
      options.signal?.throwIfAborted()
    }
    count += 1
    const sandbox = new FakeSandbox(String(count))
    sandboxes.add(sandbox)
    void sandbox.ended.then(() => sandboxes.delete(sandbox))
    return sandbox
  }
  const close = async () => void (await Promise.all([...sandboxes].map((sandbox) => sandbox.close())))
  const prepare = async () => {}
  return { name: 'fake', limits: 'none', open, prepare, close }
}

/** Also says what happens to a real one from outside: its API server killed, all of it dead. */
export class FakeSandbox implements Sandbox {
  readonly id: string
  readonly substitute = SUBSTITUTE
  readonly ended: Promise<SandboxEnding>
  readonly #target = new FakeTarget()
  readonly #pods: Pods = new Set()
  readonly #terminals = new Set<Tty>()
  readonly #streams = new Set<Duplex>()
  readonly #listeners = new Set<(event: SandboxEvent) => void>()
  #connections = 0
  #attached = false
  #over = false
  #end!: (ending: SandboxEnding) => void

  constructor(id: string) {
    this.id = id
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  async attachDebugger(): Promise<void> {
    this.#assertAlive()
    this.#attached = true
  }

  async openTerminal(options: { program: Program; columns: number; rows: number; onOutput: (bytes: Buffer) => void }): Promise<Terminal> {
    this.#assertAlive()
    this.#attached ||= options.program === 'debugger'
    const program = options.program === 'shell' ? shellProgram(this.#target, this.#pods) : dlvProgram(() => this.#connectReader(), SUBSTITUTE)
    const terminal = new Tty(options, program)
    this.#terminals.add(terminal)
    void terminal.exited.then(() => this.#terminals.delete(terminal))
    return terminal
  }

  async dialDebugger(): Promise<Duplex> {
    this.#assertAlive()
    if (!this.#attached) throw new Error('Delve does not listen')
    return this.#connect()
  }

  /** It is as good as one of the relay's own. */
  charge(): void {}

  onEvent(listener: (event: SandboxEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** As if the learner had killed the API server. */
  killServer(): void {
    this.#tell({ type: 'process-ended', name: 'kube-apiserver', words: 'signal: killed' })
  }

  /** As if the learner had killed everything. */
  die(words: string): void {
    this.#finish({ reason: 'died', words })
  }

  async close(): Promise<void> {
    this.#finish({ reason: 'closed' })
    await this.ended
  }

  #finish(ending: SandboxEnding): void {
    if (this.#over) return
    this.#over = true
    for (const terminal of this.#terminals) terminal.hangUp(-1)
    for (const stream of this.#streams) stream.destroy()
    this.#end(ending)
  }

  /** The reader's own dlv comes through the tap. */
  #connectReader(): Duplex {
    this.#connections += 1
    const connection = this.#connections
    return tapped(this.#connect(), {
      passed: (direction, bytes) => this.#tell({ type: 'tap', connection, direction, bytes }),
      closed: () => this.#tell({ type: 'tap-closed', connection }),
    })
  }

  #connect(): Duplex {
    const [mine, theirs] = duplexPair()
    serveDelve(theirs, this.#target)
    this.#streams.add(mine)
    mine.once('close', () => {
      theirs.destroy()
      this.#streams.delete(mine)
    })
    return mine
  }

  #tell(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  #assertAlive(): void {
    if (this.#over) throw new Error('the sandbox is gone')
  }
}
