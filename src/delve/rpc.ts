/** Delve's JSON-RPC over any stream: Go's net/rpc in its JSON form, one message to a line. */
import type { Duplex } from 'node:stream'
import type { z } from 'zod'
import {
  type ApiBreakpoint,
  type ApiFrame,
  type ApiLocation,
  type ApiState,
  type ApiVariable,
  ArgumentsOut,
  BreakpointsOut,
  EvalOut,
  type EvalScope,
  type LoadConfig,
  LocationsOut,
  Reply,
  StacktraceOut,
  StateOut,
  VariablesOut,
} from './api.ts'
import { splitLines } from './json-lines.ts'

/** Bytes of one reply, which take a fifth of a second to read at worst. Those asked for here, even values of a big struct, are some hundred kilobytes. */
const MAX_REPLY = 2 * 1024 * 1024
/** Calls that may wait for an answer: Delve answers most only while the target is halted. */
const MAX_WAITING = 256

/** Delve said no (`refused`, its own words), said something that is no reply (`malformed`), or the connection is over (`closed`). */
export class DelveError extends Error {
  readonly kind: 'refused' | 'malformed' | 'closed'
  constructor(kind: DelveError['kind'], message: string) {
    super(message)
    this.name = 'DelveError'
    this.kind = kind
  }
}

/** Calls reject with DelveError. Those other than `state({ nonBlocking: true })` and `halt` are answered only while the target is halted. */
export interface DelveClient {
  state(options: { nonBlocking: boolean }): Promise<ApiState>
  /** Frames of a goroutine, innermost first, `depth` + 1 at most. */
  stacktrace(options: { goroutine: number; depth: number }): Promise<ApiFrame[]>
  listLocalVars(scope: EvalScope, load: LoadConfig): Promise<ApiVariable[]>
  listFunctionArgs(scope: EvalScope, load: LoadConfig): Promise<ApiVariable[]>
  eval(scope: EvalScope, expression: string, load: LoadConfig): Promise<ApiVariable>
  listBreakpoints(): Promise<ApiBreakpoint[]>
  findLocation(location: string): Promise<ApiLocation[]>
  /** Answers when the target has stopped, with where it did. */
  halt(): Promise<ApiState>
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>
  close(): void
}

interface Call {
  resolve(reply: z.infer<typeof Reply>): void
  reject(error: DelveError): void
}

/**
 * Speaks to Delve over `stream` and owns it from now on. Never throws out of the stream's events: what is wrong ends in the calls.
 * `spend` is told of every byte that is parsed.
 */
export function connectDelve(stream: Duplex, { spend = () => {} }: { spend?: (bytes: number) => void } = {}): DelveClient {
  const waiting = new Map<number, Call>()
  let lastId = 0
  let over: DelveError | null = null
  const closed = Promise.withResolvers<void>()

  function end(error: DelveError) {
    if (over) return
    over = error
    stream.destroy()
    lines.close()
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
    closed.resolve()
  }

  /** Only an answer to a question that waits is looked at, and only once. */
  function wants(head: string): boolean {
    const id = replyId(head)
    if (id === null) end(new DelveError('malformed', 'Delve sent something that is no reply.'))
    return id !== null && waiting.has(id)
  }

  function settle(head: string, settle: (call: Call) => void) {
    const id = replyId(head) as number
    const call = waiting.get(id)
    waiting.delete(id)
    if (call) settle(call)
  }

  const lines = splitLines({
    limit: MAX_REPLY,
    wants,
    onLine: (line) => {
      spend(line.length)
      const reply = parseReply(line)
      if (reply) settle(line, (call) => call.resolve(reply))
      else end(new DelveError('malformed', 'Delve sent something that is no reply.'))
    },
    onTooLong: (head) =>
      settle(head, (call) => call.reject(new DelveError('refused', `Delve's answer has over ${MAX_REPLY} bytes, too many to show.`))),
  })
  stream.on('data', (bytes: Buffer) => {
    if (!over) lines.take(bytes)
  })
  stream.on('error', (error) => end(new DelveError('closed', `The connection to Delve broke: ${error.message}`)))
  stream.on('close', () => end(new DelveError('closed', 'The connection to Delve is closed.')))
  stream.on('end', () => end(new DelveError('closed', 'Delve closed the connection.')))

  async function call<T>(method: string, parameters: object, shape: z.ZodType<T>): Promise<T> {
    if (over) throw over
    if (waiting.size >= MAX_WAITING) throw new DelveError('refused', 'Too many questions wait for Delve.')
    const id = ++lastId
    const answered = Promise.withResolvers<z.infer<typeof Reply>>()
    waiting.set(id, answered)
    stream.write(`${JSON.stringify({ method: `RPCServer.${method}`, params: [parameters], id })}\n`)
    const reply = await answered.promise
    if (reply.error !== null && reply.error !== undefined) throw new DelveError('refused', words(reply.error))
    const result = shape.safeParse(reply.result)
    if (!result.success) throw new DelveError('malformed', `Delve's reply to ${method} has an unknown shape.`)
    return result.data
  }

  return {
    closed: closed.promise,
    state: async ({ nonBlocking }) => (await call('State', { NonBlocking: nonBlocking }, StateOut)).State,
    stacktrace: async ({ goroutine, depth }) => (await call('Stacktrace', { Id: goroutine, Depth: depth }, StacktraceOut)).Locations,
    listLocalVars: async (scope, load) => (await call('ListLocalVars', { Scope: scope, Cfg: load }, VariablesOut)).Variables,
    listFunctionArgs: async (scope, load) => (await call('ListFunctionArgs', { Scope: scope, Cfg: load }, ArgumentsOut)).Args,
    eval: async (scope, expression, load) => (await call('Eval', { Scope: scope, Expr: expression, Cfg: load }, EvalOut)).Variable,
    listBreakpoints: async () => (await call('ListBreakpoints', { All: false }, BreakpointsOut)).Breakpoints,
    findLocation: async (location) => (await call('FindLocation', { Scope: { GoroutineID: -1, Frame: 0 }, Loc: location }, LocationsOut)).Locations,
    halt: async () => (await call('Command', { name: 'halt' }, StateOut)).State,
    close: () => end(new DelveError('closed', 'The connection to Delve is closed.')),
  }
}

/** Go writes the number of a reply first. Null for what is no reply. */
export function replyId(head: string): number | null {
  const found = /^\{"id":(\d{1,15}),/.exec(head)
  return found ? Number(found[1]) : null
}

/** Reads one line as a reply; null when it is none. */
export function parseReply(line: string): z.infer<typeof Reply> | null {
  try {
    const reply = Reply.safeParse(JSON.parse(line))
    return reply.success ? reply.data : null
  } catch {
    return null
  }
}

/** An error as Delve worded it, never longer than a screen. */
export function words(error: unknown): string {
  return (typeof error === 'string' ? error : JSON.stringify(error)).slice(0, MAX_WORDS)
}

const MAX_WORDS = 2_000
