/** One sandbox's process on the host: bwrap with the supervisor inside, its pipes, and its end. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { INFO_FD, SECCOMP_FD } from './command-line.ts'
import { kill, killAndWait, type Owner, processOf } from './owner.ts'

export interface SandboxProcess {
  stdin: Writable
  stdout: Readable
  /** Resolves when it has ended, with what can be said about why. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }>
  /** Ends it, gently at first, and resolves when no process of it is left. */
  end(): Promise<void>
}

/** The supervisor ends as soon as its stdin does; after this long it is killed. */
const GRACE_MS = 2_000
/** Longest last words kept. */
const SAID = 4_096

/**
 * Starts a command made by `sandboxCommand`. `filter` is the seccomp filter's file. `remember` is told of the first process of the sandbox's
 * namespace, and gives back what to call when it is gone.
 */
export function startProcess(command: readonly string[], filter: string, remember: (first: Owner) => () => void = () => () => {}): SandboxProcess {
  const [program, ...rest] = command
  const seccomp = openSync(filter, 'r')
  const stdio: ('pipe' | number)[] = ['pipe', 'pipe', 'pipe']
  stdio[SECCOMP_FD] = seccomp
  stdio[INFO_FD] = 'pipe'
  // Only a path: the learner must not see the relay's environment.
  const child = spawn(program as string, rest, { stdio, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }, cwd: '/' })
  closeSync(seccomp)
  const { stdin, stdout, stderr } = child as ChildProcessByStdio<Writable, Readable, Readable>
  let said = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID)
  })
  // bwrap says which process is the namespace's first before anything of a learner's runs; later words on this pipe count for nothing.
  let first: Owner | null = null
  let forget = () => {}
  let isOuterGone = false
  let info = ''
  const infoPipe = child.stdio[INFO_FD] as Readable
  infoPipe.setEncoding('utf8').on('data', (text: string) => {
    if (first !== null) return
    info = (info + text).slice(0, SAID)
    first = processOf(Number(/"child-pid":\s*(\d+)\D/.exec(info)?.[1] ?? 0))
    if (first) forget = remember(first)
    killRest()
  })
  // The kernel kills bwrap's inner process, the first of the namespace, with the outer one. A learner who takes it over by ptrace can undo
  // that, stop it for ever, and hold the pipes open.
  function killRest() {
    if (isOuterGone && first) kill(first)
  }
  child.once('exit', () => {
    isOuterGone = true
    killRest()
  })
  const ended = new Promise<Awaited<SandboxProcess['ended']>>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, said: error.message }))
    child.once('close', (code, signal) => resolve({ code, signal, said: said.trim() }))
  })
  async function end(): Promise<void> {
    stdin.end()
    const timer = new AbortController()
    const force = delay(GRACE_MS, undefined, { signal: timer.signal }).then(
      () => child.kill('SIGKILL'),
      () => false,
    )
    await ended
    timer.abort()
    await force
    // bwrap's outer process may be gone a moment before the inner one has killed the rest.
    if (first !== null) await killAndWait(first)
    forget()
  }
  return { stdin, stdout, ended, end }
}
