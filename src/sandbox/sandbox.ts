/** The door to sandboxes: what every backend makes, whatever it is made of. */
import type { Duplex } from 'node:stream'

/** Which program a terminal runs: bash with kubectl, or `dlv connect` to the sandbox's Delve. */
export type Program = 'shell' | 'debugger'

/** A pseudo-terminal inside a sandbox. */
export interface Terminal {
  /** Sends keys. Bytes over what the sandbox accepts at once are queued by the pipe; resolves when handed over. */
  write(bytes: Uint8Array | string): void
  resize(columns: number, rows: number): void
  /** Says it is done with `bytes` of output; the sandbox stops reading the terminal when TERMINAL_WINDOW bytes are outstanding. */
  acknowledge(bytes: number): void
  /** Resolves with the exit code when the program ends (-1: killed with the sandbox). */
  readonly exited: Promise<number>
  /** Hangs up. */
  close(): void
}

/** Why a sandbox is over, as far as its backend knows. */
export type SandboxEnding = { reason: 'closed' } | { reason: 'died'; words: string }

/** What a sandbox tells while it lives. */
export type SandboxEvent =
  /** Bytes between the reader's `dlv connect` number `connection` and Delve, as they passed. */
  | { type: 'tap'; connection: number; direction: 'request' | 'reply'; bytes: Buffer }
  | { type: 'tap-closed'; connection: number }
  /** One of etcd, kube-apiserver, kube-controller-manager, dlv ended on its own. */
  | { type: 'process-ended'; name: string; words: string }

/** One reader's control plane and terminals. */
export interface Sandbox {
  readonly id: string
  /** Rules that turn paths of the debug information into those shown in terminals, longest first. */
  readonly substitute: readonly (readonly [from: string, to: string])[]
  /** Attaches Delve to the API server if it is not yet; the target keeps running. */
  attachDebugger(): Promise<void>
  /** `onOutput` is called with what the terminal says, from the first byte. A debugger's terminal attaches Delve first if need be. */
  openTerminal(options: { program: Program; columns: number; rows: number; onOutput: (bytes: Buffer) => void }): Promise<Terminal>
  /** A raw connection to Delve's JSON-RPC, past the tap. */
  dialDebugger(): Promise<Duplex>
  onEvent(listener: (event: SandboxEvent) => void): () => void
  /** Charges it with work that what it said has caused, in bytes parsed. One that causes too much is heard more slowly. */
  charge(bytes: number): void
  /** Resolves when it is gone, whoever ended it; never rejects. */
  readonly ended: Promise<SandboxEnding>
  /** Ends it and resolves when no process, mount, cgroup or folder of it is left. */
  close(): Promise<void>
}

/** In what a sandbox differs from the plain one, for a walk that needs it. */
export interface Setup {
  /** Flags of the API server beside the usual ones; one with the name of a usual one takes its place. */
  server: readonly string[]
  /** Texts of files in the learner's home, by path; they are there before the API server starts. */
  files: Readonly<Record<string, string>>
  /** `halted`: Delve starts the API server and holds it before its first instruction; the rest of the control plane follows when it serves. */
  start: 'running' | 'halted'
  /** `unchanged`: the API server as it was released; others give a reader's pauses more time (src/pins/patch.ts). */
  build: 'changed' | 'unchanged'
  /** Shell commands in the learner's home, run in order before the learner comes; not with `halted`. */
  commands: readonly string[]
}

/** The sandbox of a walk that needs nothing. */
export const PLAIN: Setup = { server: [], files: {}, start: 'running', build: 'changed', commands: [] }

/** Stages of a start, in order; `words` is what the page shows. */
export type StartProgress = (words: string) => void

export interface OpenOptions {
  setup?: Setup
  signal?: AbortSignal
  onProgress?: StartProgress
}

/** What makes sandboxes. */
export interface Backend {
  readonly name: 'bubblewrap' | 'fake'
  /** What bounds the memory, processes and CPU of its sandboxes: control groups of version 1 or 2, systemd, or nothing. */
  readonly limits: 'v1' | 'v2' | 'systemd' | 'none'
  /** Starts one (a plain one without `setup`) and resolves when its API server is ready, or held by Delve. Rejects with SandboxError. */
  open(options?: OpenOptions): Promise<Sandbox>
  /** Makes what such sandboxes need beyond the usual programs, so that `open` need not: it takes minutes, and all of the machine. */
  prepare(build: Setup['build'], options?: Pick<OpenOptions, 'signal' | 'onProgress'>): Promise<void>
  /** Closes every sandbox it opened. */
  close(): Promise<void>
}

/** Bytes of a terminal's output that may be outstanding (not acknowledged). */
export const TERMINAL_WINDOW = 262_144

/** A sandbox could not be had: what happened, and what to do about it. */
export class SandboxError extends Error {
  readonly fix: string
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SandboxError'
    this.fix = fix
  }
}
