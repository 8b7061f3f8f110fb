/** One reader's use of one sandbox: from the claim, through however many pages and reloads, to its end. */
import { CLOSE, type Ending, type FromRelay, type SessionState, TERMINALS, type TerminalName } from '../protocol/messages.ts'
import type { Sandbox, StartProgress } from '../sandbox/sandbox.ts'
import { type DebuggerLink, linkDebugger } from './debugger-link.ts'
import { ENDINGS } from './endings.ts'
import { SharedTerminal, type Size } from './shared-terminal.ts'
import { type PageSocket, Viewer } from './viewer.ts'

/** Milliseconds. */
export interface SessionTimes {
  /** How long a session goes on with no page looking. */
  grace: number
  /** How long one goes on that no page ever looked at. */
  unseenGrace: number
  /** How long one goes on at most. */
  lifetime: number
}

export interface SessionOptions {
  /** The walk its sandbox is prepared for, `chapter/walk`; null for a plain one. */
  walk: string | null
  take: (options: { signal: AbortSignal; onProgress: StartProgress }) => Promise<Sandbox>
  times: SessionTimes
  log: (words: string) => void
}

type Life =
  | { is: 'claiming'; what: string; since: number; abort: AbortController }
  | { is: 'live'; sandbox: Sandbox; link: DebuggerLink; terminals: readonly SharedTerminal[] }
  | { is: 'ended'; ending: Ending }

/** The size of a terminal before a page has said its own. */
const FIRST_SIZE: Size = { columns: 80, rows: 24 }
/** Pages that may join within ten seconds; a reader who reloads in anger does so less often. */
const JOINS = 30
const NOBODY: ReadonlySet<Viewer> = new Set()

export class Session {
  readonly #options: SessionOptions
  readonly #viewers = new Set<Viewer>()
  /** When the last pages joined. */
  #joined: number[] = []
  readonly #sizes = new Map<TerminalName, Size>(TERMINALS.map((name) => [name, FIRST_SIZE]))
  #life: Life
  #graceClock: NodeJS.Timeout
  readonly #lifeClock: NodeJS.Timeout
  readonly #settled = Promise.withResolvers<void>()
  /** Resolves when the claim is over: the session is live, or ended before it was. */
  readonly settled: Promise<void> = this.#settled.promise
  readonly #gone = Promise.withResolvers<void>()
  /** Resolves when the session is over and nothing of its sandbox is left. */
  readonly gone: Promise<void> = this.#gone.promise

  /** Claims a sandbox at once. */
  constructor(options: SessionOptions) {
    this.#options = options
    const { unseenGrace, lifetime } = options.times
    this.#graceClock = setTimeout(() => this.end(ENDINGS.leftAlone(unseenGrace)), unseenGrace)
    this.#lifeClock = setTimeout(() => this.end(ENDINGS.tooOld(lifetime)), lifetime)
    const abort = new AbortController()
    this.#life = { is: 'claiming', what: 'Waiting for a sandbox', since: performance.now(), abort }
    void this.#claim(abort.signal).finally(this.#settled.resolve)
  }

  get state(): SessionState {
    return told(this.#life, this.#options.walk)
  }

  get viewers(): number {
    return this.#viewers.size
  }

  /** Whether so many pages came lately that showing everything to one more would take time from others. */
  get crowded(): boolean {
    const since = performance.now() - 10_000
    return this.#joined.filter((at) => at > since).length >= JOINS
  }

  /** Lets a page look. The caller says when its socket has closed, by `leave`. */
  join(socket: PageSocket): Viewer {
    const viewer: Viewer = new Viewer({ socket, catchUp: () => this.#show(viewer) })
    clearTimeout(this.#graceClock)
    this.#joined = [...this.#joined.slice(1 - JOINS), performance.now()]
    this.#viewers.add(viewer)
    this.#show(viewer)
    this.#tellViewers()
    if (this.#life.is === 'ended') viewer.close(CLOSE.sessionOver, 'This session is over.')
    return viewer
  }

  leave(viewer: Viewer): void {
    viewer.gone()
    if (!this.#viewers.delete(viewer) || this.#life.is === 'ended') return
    this.#tellViewers()
    if (this.#viewers.size > 0) return
    const { grace } = this.#options.times
    this.#graceClock = setTimeout(() => this.end(ENDINGS.leftAlone(grace)), grace)
  }

  /** Keys. False while there is no terminal. */
  type(terminal: TerminalName, text: string): boolean {
    this.#terminal(terminal)?.type(text)
    return this.#life.is === 'live'
  }

  resize(terminal: TerminalName, size: Size, by: Viewer): void {
    this.#sizes.set(terminal, size)
    this.#terminal(terminal)?.resize(size, by)
  }

  /** What follows the debugger, while there is one. */
  get follower(): DebuggerLink['follower'] | null {
    return this.#life.is === 'live' ? this.#life.link.follower : null
  }

  /** Ends the session: every page is told, then the sandbox goes. Does nothing when it is over already. */
  end(ending: Ending): void {
    const life = this.#life
    if (life.is === 'ended') return
    this.#life = { is: 'ended', ending }
    clearTimeout(this.#graceClock)
    clearTimeout(this.#lifeClock)
    this.#tell({ type: 'session', state: this.state })
    for (const viewer of this.#viewers) viewer.close(CLOSE.sessionOver, 'This session is over.')
    if (life.is === 'claiming') life.abort.abort(new Error(ending.words))
    else void this.#release(life.sandbox, life.link, life.terminals)
  }

  async #claim(signal: AbortSignal) {
    let sandbox: Sandbox
    try {
      sandbox = await this.#options.take({ signal, onProgress: (words) => this.#progress(words) })
    } catch (error) {
      this.end(ENDINGS.notStarted(error))
      return this.#gone.resolve()
    }
    const opened: { link?: DebuggerLink; terminals: SharedTerminal[] } = { terminals: [] }
    try {
      this.#listen(sandbox)
      this.#progress('Attaching the debugger')
      const link = await linkDebugger(sandbox, (event) => this.#tell({ type: 'debugger', event }))
      opened.link = link
      signal.throwIfAborted()
      this.#progress('Opening the terminals')
      opened.terminals = TERMINALS.map((name) => this.#newTerminal(name, sandbox))
      await Promise.all(opened.terminals.map((terminal) => terminal.open()))
      signal.throwIfAborted()
      this.#life = { is: 'live', sandbox, link, terminals: opened.terminals }
    } catch (error) {
      this.end(ENDINGS.notStarted(error))
      return this.#release(sandbox, opened.link, opened.terminals)
    }
    for (const terminal of opened.terminals) terminal.resize(this.#sizes.get(terminal.name) ?? FIRST_SIZE, null)
    for (const viewer of this.#viewers) this.#show(viewer)
  }

  #newTerminal(name: TerminalName, sandbox: Sandbox): SharedTerminal {
    const size = this.#sizes.get(name) ?? FIRST_SIZE
    // Pages get output once they have got the screen, and that is when the session is live.
    const viewers = () => (this.#life.is === 'live' ? this.#viewers : NOBODY)
    return new SharedTerminal({ name, size, viewers, open: (options) => sandbox.openTerminal({ program: name, ...options }) })
  }

  /** Follows what may end the session from inside. */
  #listen(sandbox: Sandbox) {
    sandbox.onEvent((event) => {
      if (event.type !== 'process-ended') return
      this.#options.log(`${event.name} ended in sandbox ${sandbox.id}: ${event.words}`)
      // The others may be killed on purpose: how the API server does without them is worth seeing.
      if (event.name === 'kube-apiserver') this.#serverEnded(`The API server of this sandbox ended (${briefly(event.words)}).`)
      if (event.name === 'dlv') this.#serverEnded(`Delve ended in this sandbox (${briefly(event.words)}), and nothing can be halted any more.`)
    })
    void sandbox.ended.then((ending) => this.end(ENDINGS.sandboxDied(ending.reason === 'died' ? ending.words : 'The sandbox was closed.')))
  }

  #serverEnded(why: string) {
    const known = this.follower?.current().some((event) => event.type === 'target' && event.state.is === 'exited')
    if (!known) this.#tell({ type: 'debugger', event: { type: 'target', state: { is: 'exited', why } } })
    this.end(ENDINGS.serverKilled(why))
  }

  #progress(what: string) {
    if (this.#life.is !== 'claiming') return
    this.#life.what = what
    this.#tell({ type: 'session', state: this.state })
  }

  /** Tells one page everything, as it is now. */
  #show(viewer: Viewer) {
    viewer.tell({ type: 'session', state: this.state })
    viewer.tell({ type: 'viewers', count: this.#viewers.size })
    if (this.#life.is !== 'live') return
    for (const terminal of this.#life.terminals) terminal.show([viewer])
    for (const event of this.#life.link.follower.current()) viewer.tell({ type: 'debugger', event })
  }

  #tell(message: FromRelay) {
    for (const viewer of this.#viewers) viewer.tell(message)
  }

  #tellViewers() {
    this.#tell({ type: 'viewers', count: this.#viewers.size })
  }

  #terminal(name: TerminalName): SharedTerminal | undefined {
    return this.#life.is === 'live' ? this.#life.terminals.find((terminal) => terminal.name === name) : undefined
  }

  async #release(sandbox: Sandbox, link: DebuggerLink | undefined, terminals: readonly SharedTerminal[]) {
    for (const terminal of terminals) terminal.close()
    link?.close()
    await sandbox.close().catch((error: unknown) => this.#options.log(`Sandbox ${sandbox.id} could not be closed: ${error}`))
    this.#gone.resolve()
  }
}

function told(life: Life, walk: string | null): SessionState {
  switch (life.is) {
    case 'claiming':
      return { is: 'claiming', what: life.what, seconds: Math.round((performance.now() - life.since) / 100) / 10 }
    case 'live':
      return { is: 'live', walk, substitute: life.sandbox.substitute.map(([from, to]) => [from, to]) }
    case 'ended':
      return { is: 'ended', ending: life.ending }
  }
}

/** How a process ended, without the last lines of its log. */
const briefly = (words: string) => /^(?:signal: [\w ]+|exit status \d+)/.exec(words)?.[0] ?? words.slice(0, 80)
