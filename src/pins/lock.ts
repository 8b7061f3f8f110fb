/** A lock between processes that the kernel releases when its holder dies, however it dies. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PinsError } from './pins-error.ts'

export interface LockOptions {
  /** The lock's file; made when missing, never removed. */
  file: string
  signal?: AbortSignal | undefined
  /** Called once when another process holds the lock and this one begins to wait. */
  onWait?: (() => void) | undefined
}

/** Waits for the lock and resolves with what releases it. Rejects with the signal's reason, or PinsError when locking is impossible. */
export async function holdLock({ file, signal, onWait }: LockOptions): Promise<() => Promise<void>> {
  const free = await hold(file, ['-n'], signal)
  if (free !== null) return free
  onWait?.()
  const waited = await hold(file, [], signal)
  if (waited === null) throw new PinsError(`The lock ${file} was refused.`, 'Start again.')
  return waited
}

/** Holds the lock by a child that lives as long as a pipe which only this process holds. Null: another process has it. */
async function hold(file: string, flags: string[], signal: AbortSignal | undefined): Promise<(() => Promise<void>) | null> {
  signal?.throwIfAborted()
  // A process group of its own: Ctrl-C in the terminal must not free the lock while the build is still being stopped.
  const child = spawn('flock', [...flags, file, 'sh', '-c', 'echo held; exec cat'], { stdio: 'pipe', detached: true })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const exited = new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => resolve(code ?? -1))
    child.once('error', reject)
  })
  // A child that is waiting for the lock reads nothing, so that only a signal ends it.
  const stop = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const first = await Promise.race([once(child.stdout, 'data').then(() => 'held' as const), exited])
    signal?.throwIfAborted()
    if (first === 'held') {
      return async () => {
        child.stdin.end()
        await exited
      }
    }
    if (first === 1 && said === '') return null
    throw new PinsError(`${file} cannot be locked: ${said.trim()}`, 'Make its folder writable, or choose another by XDG_CACHE_HOME.')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new PinsError('The program flock is missing, and without it two starts at once would disturb each other.', 'Install util-linux.', {
      cause: error,
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
