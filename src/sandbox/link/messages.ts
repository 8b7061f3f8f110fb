/** The control messages between a backend and its supervisor. What a supervisor says is untrusted: a learner can take it over. The Go half is supervisor/messages.go. */
import { z } from 'zod'
import type { Program, Setup } from '../sandbox.ts'

/** What a backend asks. Numbers of requests, terminals and streams are the backend's choice. */
export type ToSupervisor =
  | { type: 'start'; substitute: readonly (readonly [string, string])[]; setup: Setup }
  | { type: 'attach'; request: number }
  | { type: 'open-terminal'; request: number; terminal: number; program: Program; columns: number; rows: number }
  | { type: 'resize'; terminal: number; columns: number; rows: number }
  | { type: 'acknowledge'; terminal: number; bytes: number }
  | { type: 'close-terminal'; terminal: number }
  | { type: 'dial'; request: number; stream: number }
  | { type: 'close-stream'; stream: number }

const number = z.int().min(0).max(65_535)
const words = z.string().max(4_096)

/** What a supervisor tells. */
export const FromSupervisor = z.discriminatedUnion('type', [
  /** A stage of the start, for the page. */
  z.strictObject({ type: z.literal('progress'), words }),
  /** A Pod can be created. */
  z.strictObject({ type: z.literal('ready') }),
  /** The start failed for good. */
  z.strictObject({ type: z.literal('failed'), words }),
  z.strictObject({ type: z.literal('done'), request: z.int().min(0) }),
  z.strictObject({ type: z.literal('refused'), request: z.int().min(0), why: words }),
  z.strictObject({ type: z.literal('terminal-ended'), terminal: number, code: z.int() }),
  z.strictObject({ type: z.literal('stream-ended'), stream: number }),
  z.strictObject({ type: z.literal('tap-closed'), connection: number }),
  z.strictObject({ type: z.literal('process-ended'), name: z.enum(['etcd', 'kube-apiserver', 'kube-controller-manager', 'dlv']), words }),
])
export type FromSupervisor = z.infer<typeof FromSupervisor>
/** What it tells unasked. */
export type Told = Exclude<FromSupervisor, { type: 'done' | 'refused' }>

/** Longest control message taken from a supervisor, bytes. */
export const MAX_CONTROL = 16_384
