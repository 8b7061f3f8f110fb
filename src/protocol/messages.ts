/** Every message between page and relay. The relay parses what a page sends; the page imports only the types. */
import { z } from 'zod'
import { DebuggerEvent, Variable } from '../delve/state.ts'
import { MAX_COLUMNS, MAX_EXPRESSION, MAX_INPUT, MAX_NAME, MAX_ROWS } from './limits.ts'

/** The two terminals of a session. In binary messages from the relay the first byte is the index in this list, the rest what the terminal said. */
export const TERMINALS = ['debugger', 'shell'] as const
export const TerminalName = z.enum(TERMINALS)
export type TerminalName = z.infer<typeof TerminalName>

/** What a page may ask of the relay (JSON text over `/api/session`). */
export const FromPage = z.discriminatedUnion('type', [
  /** Keys for a terminal. */
  z.strictObject({ type: z.literal('input'), terminal: TerminalName, text: z.string().min(1).max(MAX_INPUT) }),
  /** A terminal's new size. */
  z.strictObject({
    type: z.literal('resize'),
    terminal: TerminalName,
    columns: z.int().min(2).max(MAX_COLUMNS),
    rows: z.int().min(1).max(MAX_ROWS),
  }),
  /** Halt the target, so that the reader's prompt comes back. */
  z.strictObject({ type: z.literal('halt') }),
  /** Load the members of a value in a frame of the halted goroutine; answered by `variable` with the same `request`. */
  z.strictObject({ type: z.literal('expand'), request: z.int(), expression: z.string().min(1).max(MAX_EXPRESSION), frame: z.int().min(0).max(1000) }),
  /**
   * So many more bytes of a terminal's output are on the screen: sent when SHOWN_EVERY have gathered. A page that says so is not sent much more than
   * it can show, so that Ctrl-C is never behind megabytes of output; one that never does is sent what its socket takes.
   */
  z.strictObject({ type: z.literal('shown'), terminal: TerminalName, bytes: z.int().min(1) }),
  /** End the session and its sandbox. */
  z.strictObject({ type: z.literal('end') }),
])
export type FromPage = z.infer<typeof FromPage>

/** Why a session is over. */
export const Ending = z.strictObject({
  reason: z.enum(['asked', 'sandbox-died', 'server-killed', 'relay-closing', 'expired']),
  /** One sentence for the reader. */
  words: z.string(),
})
export type Ending = z.infer<typeof Ending>

/** Body of `POST /api/session`: the walk, `chapter/walk`, that the sandbox is to be prepared for; null for a plain one. */
export const SessionWish = z.strictObject({ walk: z.string().max(MAX_NAME).nullable() })
export type SessionWish = z.infer<typeof SessionWish>

/** What a session is doing. `walk` is the walk its sandbox was prepared for (null: it is a plain one). `substitute` maps paths of the debug information to those the terminal shows and takes, as Delve's substitute-path rules. */
export const SessionState = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('claiming'), what: z.string(), seconds: z.number() }),
  z.strictObject({ is: z.literal('live'), walk: z.string().nullable(), substitute: z.array(z.tuple([z.string(), z.string()])) }),
  z.strictObject({ is: z.literal('ended'), ending: Ending }),
])
export type SessionState = z.infer<typeof SessionState>

/** What the relay tells a page (JSON text; terminal output is binary). */
export const FromRelay = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session'), state: SessionState }),
  /**
   * A terminal's screen as of now: reset the terminal, give it `columns` and `rows`, write `text`. Sent on joining before any output,
   * again when another page changed the size, and again to a page that did not read for so long that output was left out.
   */
  z.strictObject({ type: z.literal('screen'), terminal: TerminalName, columns: z.int(), rows: z.int(), text: z.string() }),
  z.strictObject({ type: z.literal('debugger'), event: DebuggerEvent }),
  z.strictObject({ type: z.literal('variable'), request: z.int(), variable: Variable.nullable(), why: z.string() }),
  /** A message was not understood or not allowed; nothing was done. */
  z.strictObject({ type: z.literal('refused'), why: z.string() }),
  /** How many pages look at this session. */
  z.strictObject({ type: z.literal('viewers'), count: z.int() }),
])
export type FromRelay = z.infer<typeof FromRelay>

/** The build of the sandbox's programs, and whether this relay can go live. Server-sent events of `GET /api/status`. */
export const Status = z.discriminatedUnion('is', [
  /** Recorded only; `why` says what is missing, `fix` what to type. */
  z.strictObject({ is: z.literal('recorded'), why: z.string(), fix: z.string() }),
  /** `done` and `all` count packages; `secondsLeft` is null until there is something to go by. */
  z.strictObject({ is: z.literal('building'), what: z.string(), done: z.int(), all: z.int(), secondsLeft: z.number().nullable() }),
  z.strictObject({ is: z.literal('failed'), why: z.string(), fix: z.string() }),
  z.strictObject({ is: z.literal('live') }),
])
export type Status = z.infer<typeof Status>

/** Why `POST /api/session` made no session, and what to do about it: the JSON of any answer that is not 2xx. */
export const Refusal = z.strictObject({ why: z.string(), fix: z.string() })
export type Refusal = z.infer<typeof Refusal>

/** Codes the relay closes a socket with, beside the standard ones. A page does not connect again after any of them by itself. */
export const CLOSE = {
  /** The session is over; `session` was sent before. */
  sessionOver: 4000,
  /** Too much of what the page sent had to be refused. */
  tooManyRefused: 4001,
  /** The page did not read for so long that it was given up. */
  notReading: 4002,
} as const
