/** Keeps a few sandboxes booted ahead, so that a reader need not wait for a start. */
import type { Backend, Sandbox, Setup, StartProgress } from '../sandbox/sandbox.ts'

/** One sandbox that starts or waits to be taken. */
interface Start {
  sandbox: Promise<Sandbox>
  is: 'starting' | 'ready'
  /** What the backend said last. */
  words: string
  onProgress: StartProgress | null
  abort: AbortController
}

export interface PoolOptions {
  backend: Backend
  /** Sandboxes to keep ready. */
  ahead: number
  /** Sandboxes at once, taken ones included. */
  atMost: number
  log: (words: string) => void
}

export class ReadyPool {
  readonly #options: PoolOptions
  readonly #waiting: Start[] = []
  readonly #taken = new Set<Sandbox>()
  /** Sandboxes on their way out; they still take memory. */
  readonly #leaving = new Set<Promise<unknown>>()
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.refill()
  }

  /** How many sandboxes there are, by what they do, and what they are. */
  health(): ReturnType<ReadyPool['counts']> & Pick<Backend, 'limits'> & { backend: Backend['name'] } {
    const { name, limits } = this.#options.backend
    return { backend: name, limits, ...this.counts() }
  }

  /** How many sandboxes there are, by what they do. */
  counts(): { taken: number; starting: number; ready: number } {
    const ready = this.#waiting.filter(({ is }) => is === 'ready').length
    return { taken: this.#taken.size, starting: this.#waiting.length - ready, ready }
  }

  /**
   * Takes a sandbox: a ready one, else the one that is furthest, else a new one; always a new one with a `setup`. The caller closes it.
   * Call `refill` when the machine is quiet again. Rejects with SandboxError, or with the signal's reason.
   */
  async take({ setup, signal, onProgress }: { setup?: Setup | undefined; signal: AbortSignal; onProgress: StartProgress }): Promise<Sandbox> {
    const start = setup ? this.#begin(setup) : (this.#waiting.find(({ is }) => is === 'ready') ?? this.#waiting[0] ?? this.#begin())
    this.#drop(start)
    if (start.is === 'starting') onProgress(start.words)
    start.onProgress = onProgress
    try {
      const sandbox = await unlessAborted(start.sandbox, signal)
      this.#taken.add(sandbox)
      void sandbox.ended.then(() => this.#taken.delete(sandbox))
      return sandbox
    } catch (error) {
      start.onProgress = null
      if (signal.aborted && setup) this.#end(start)
      else if (signal.aborted) this.#giveBack(start)
      throw error
    }
  }

  /** Boots sandboxes ahead until there are enough. One that fails is tried again at the next call, not before. */
  refill(): void {
    const { ahead, atMost } = this.#options
    while (!this.#closed && this.#waiting.length < ahead && this.#waiting.length + this.#taken.size + this.#leaving.size < atMost) {
      this.#waiting.push(this.#begin())
    }
  }

  /** Ends every sandbox that was not taken, and resolves when they are gone. */
  async close(): Promise<void> {
    this.#closed = true
    for (const start of this.#waiting.splice(0)) this.#end(start)
    await Promise.all(this.#leaving)
  }

  #begin(setup?: Setup): Start {
    const abort = new AbortController()
    const progress: StartProgress = (words) => {
      start.words = words
      start.onProgress?.(words)
    }
    const start: Omit<Start, 'sandbox'> = { is: 'starting', words: 'Starting a sandbox', onProgress: null, abort }
    const whole: Start = Object.assign(start, {
      sandbox: this.#options.backend.open({ signal: abort.signal, onProgress: progress, ...(setup && { setup }) }).then((sandbox) => {
        start.is = 'ready'
        void sandbox.ended.then(() => this.#drop(whole))
        sandbox.onEvent((event) => {
          if (event.type === 'process-ended' && event.name === 'kube-apiserver' && this.#drop(whole)) this.#end(whole)
        })
        return sandbox
      }),
    })
    whole.sandbox.catch((error: unknown) => {
      if (this.#drop(whole)) this.#options.log(`A sandbox could not be booted ahead: ${error instanceof Error ? error.message : error}`)
    })
    return whole
  }

  /** Whether it was waiting. */
  #drop(start: Start): boolean {
    const at = this.#waiting.indexOf(start)
    if (at >= 0) this.#waiting.splice(at, 1)
    return at >= 0
  }

  /** Its reader left before it was there: it serves as one booted ahead when one is wanted. */
  #giveBack(start: Start) {
    if (!this.#closed && this.#waiting.length < this.#options.ahead) this.#waiting.push(start)
    else this.#end(start)
  }

  #end(start: Start) {
    start.abort.abort(new Error('The sandbox is not wanted any more.'))
    const gone = start.sandbox.then(
      (sandbox) => sandbox.close(),
      () => {},
    )
    this.#leaving.add(gone)
    void gone.finally(() => this.#leaving.delete(gone))
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
