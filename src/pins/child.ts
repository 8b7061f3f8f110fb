/** Runs Go as a child that can be stopped as a whole, and that stops by itself when this process dies. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** Milliseconds that a child has to end after the gentle signal: Go waits for running compilers and removes its work folder. */
const GRACE = 5_000
/** Lines of standard error that are kept for an error message. */
const KEPT_LINES = 15

/** How a child ended. `said` holds the last lines of its standard error. */
export interface Outcome {
  code: number
  stdout: string
  said: string[]
}

export interface ChildOptions {
  command: string
  args: readonly string[]
  directory: string
  environment: NodeJS.ProcessEnv
  /** What it reads from standard input; without it there is nothing to read. */
  input?: string
  signal?: AbortSignal | undefined
  /** Milliseconds that it has to end after the gentle signal. */
  grace?: number
  /** Called with each line of standard error as it comes. */
  onLine?: ((line: string) => void) | undefined
}

// The first process waits for the end of a pipe whose other end only we hold, and then interrupts the child: thus not even
// SIGKILL leaves it behind. `$$` is the shell's own number, which `exec` hands on to the child.
const GUARDED = '(exec <&3 >/dev/null 2>&1; cat; kill -INT $$) & exec "$@" 3<&-'

/** Runs a command to its end. Rejects with the signal's reason when aborted, with the system's error when it cannot be started. */
export async function runChild({ command, args, directory, environment, input, signal, grace = GRACE, onLine }: ChildOptions): Promise<Outcome> {
  signal?.throwIfAborted()
  // A process group of its own: Ctrl-C in the terminal reaches only us, and a signal to the group reaches Go's compilers too.
  const child = spawn('/bin/sh', ['-c', GUARDED, 'sh', command, ...args], {
    cwd: directory,
    env: environment,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const { stdout, stderr } = child as { stdout: Readable; stderr: Readable }
  // A child that ends without reading all breaks the pipe; how it ended says more.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  let firm: NodeJS.Timeout | undefined
  const stop = () => {
    signalGroup(child.pid, 'SIGINT')
    firm = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), grace)
  }
  signal?.addEventListener('abort', stop, { once: true })
  const said: string[] = []
  const lines = createInterface({ input: stderr })
  lines.on('line', (line) => {
    said.push(line)
    if (said.length > KEPT_LINES) said.shift()
    onLine?.(line)
  })
  const chunks: Buffer[] = []
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  try {
    const exited = once(child, 'exit')
    const read = Promise.all([once(lines, 'close'), once(stdout, 'end')])
    const [code] = await exited
    // What is left of the group is the guard, and compilers that did not obey.
    signalGroup(child.pid, 'SIGKILL')
    await read
    signal?.throwIfAborted()
    return { code: code ?? -1, stdout: Buffer.concat(chunks).toString(), said }
  } finally {
    signal?.removeEventListener('abort', stop)
    clearTimeout(firm)
    for (const stream of child.stdio) stream?.destroy()
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}
