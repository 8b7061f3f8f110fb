/** Reads along with the reader's own `dlv connect` and tells what it did to the target. Written against Delve 1.27.2's terminal (pkg/terminal/command.go). */
import { z } from 'zod'
import { type ApiLocation, type ApiState, LocationsOut, StateOut } from './api.ts'
import { type Lines, type Room, splitLines } from './json-lines.ts'
import { parseReply, replyId, words } from './rpc.ts'

/** Bytes of one request that is looked at: a reader types its longest parts. */
const MAX_REQUEST = 64 * 1024
/** Bytes of one reply that is looked at. The longest, states of a target with many threads, have some ten thousand. */
const MAX_REPLY = 1024 * 1024
/** Bytes held of unfinished messages, in all connections together. Honest ones are held one at a time, for a moment. */
const MAX_HELD = 4 * 1024 * 1024
/** Requests of one connection without a reply yet. dlv has three at most; the oldest is forgotten. */
const MAX_PENDING = 64
/** Connections at once. A reader has one or two. */
const MAX_CONNECTIONS = 8
/** Characters of a location. Longer ones are told as empty. */
const MAX_LOCATION = 4_096
/** What news and what looking at bytes at all costs, in bytes parsed: news reach every page. */
const NEWS = 4_096
const LOOK = 64

/** What the reader's dlv did. */
export type TapNews =
  /** continue, next, step and the like were sent. */
  | { is: 'resumed' }
  /** The target stopped, or has exited. */
  | { is: 'stopped'; state: ApiState }
  /** `goroutine N` or `thread N`: halted as before, but elsewhere. */
  | { is: 'switched'; state: ApiState }
  /** `up`, `down` or `frame N`. */
  | { is: 'frame'; goroutine: number; frame: number; at: ApiLocation }
  /** Breakpoints were made, changed or cleared. */
  | { is: 'breakpoints' }
  /** `break` (or `trace`, `continue LOCATION`) was refused. */
  | { is: 'refused'; location: string; why: string }
  /** A variable was set. */
  | { is: 'assigned' }
  /** Where the target is has to be asked: a command failed, the target was restarted, or dlv left while it ran. */
  | { is: 'unclear' }

export interface Tap {
  bytes(connection: number, direction: 'request' | 'reply', bytes: Uint8Array): void
  closed(connection: number): void
  /** Hears and holds nothing any more. */
  close(): void
  /** Whether a resuming command of some connection has no reply yet. */
  resuming(): boolean
}

const location = z.string().max(MAX_LOCATION)
const Request = z.object({ method: z.string(), params: z.array(z.unknown()), id: z.int() })
const Command = z.object({ name: z.string() })
const Frames = z.object({ Id: z.int(), Depth: z.int(), Skip: z.int(), Cfg: z.unknown(), Opts: z.int() })
const Asked = z.object({ Loc: location, IncludeNonExecutableLines: z.boolean() })
const Wanted = z.object({ LocExpr: location })
const Filter = z.object({ Filter: z.string() })

/** What a reply must be known to answer. */
type Pending =
  | { is: 'resume'; command: string }
  | { is: 'halt' }
  | { is: 'switch' }
  | { is: 'frame'; goroutine: number; frame: number }
  | { is: 'locate'; location: string }
  | { is: 'create'; location: string }
  | { is: 'breakpoints' }
  | { is: 'assign' }
  | { is: 'jump' }
  | { is: 'restart' }

/** One connection. `refusal` is what FindLocation refused last: `break` tries up to three readings of its arguments, and only what it asks next tells that it gave up. */
interface Connection {
  request: Lines
  reply: Lines
  pending: Map<number, Pending>
  refusal: { location: string; why: string } | null
  /** `frame 0`, told from `stack 0` by the State that follows. */
  outermost: Extract<TapNews, { is: 'frame' }> | null
  /** A tracepoint was hit: dlv continues by itself. */
  tracing: boolean
}

/** Makes a tap; `onNews` is called in the order things passed, `spend` is told what all this costs, in bytes parsed. Never throws on what passes. */
export function openTap(onNews: (news: TapNews) => void, spend: (bytes: number) => void = () => {}): Tap {
  const connections = new Map<number, Connection>()
  const room: Room = { left: MAX_HELD }
  let isOver = false

  function tell(news: TapNews) {
    spend(NEWS)
    onNews(news)
  }

  function open(number: number): Connection | null {
    const known = connections.get(number)
    if (known || isOver) return known ?? null
    if (connections.size >= MAX_CONNECTIONS) return null
    const connection: Connection = {
      request: splitLines({
        limit: MAX_REQUEST,
        room,
        wants: (head) => wantsRequest(connection, head, tell),
        onLine: (line) => {
          spend(line.length)
          tookRequest(connection, line, tell)
        },
        onTooLong: () => {},
      }),
      reply: splitLines({
        limit: MAX_REPLY,
        room,
        wants: (head) => connection.pending.has(replyId(head) ?? -1),
        onLine: (line) => {
          spend(line.length)
          tookReply(connection, line, tell)
        },
        onTooLong: (head) => {
          connection.pending.delete(replyId(head) ?? -1)
          tell({ is: 'unclear' })
        },
      }),
      pending: new Map(),
      refusal: null,
      outermost: null,
      tracing: false,
    }
    connections.set(number, connection)
    return connection
  }

  function forget(number: number, connection: Connection) {
    connections.delete(number)
    connection.request.close()
    connection.reply.close()
  }

  const resumes = (connection: Connection) => connection.tracing || [...connection.pending.values()].some((pending) => pending.is === 'resume')

  return {
    bytes: (number, direction, bytes) => {
      spend(LOOK)
      open(number)?.[direction].take(bytes)
    },
    closed: (number) => {
      spend(LOOK)
      const connection = connections.get(number)
      if (!connection) return
      forget(number, connection)
      if (resumes(connection)) tell({ is: 'unclear' })
    },
    close: () => {
      isOver = true
      for (const [number, connection] of connections) forget(number, connection)
    },
    resuming: () => [...connections.values()].some(resumes),
  }
}

/** Go writes the method first. */
const METHOD = /^\{"method":"RPCServer\.(\w+)"/
/** Requests whose parameters tell something; the others are not parsed. */
const TELLING = [
  'Command',
  'Stacktrace',
  'FindLocation',
  'ListFunctions',
  'CreateBreakpoint',
  'AmendBreakpoint',
  'ClearBreakpoint',
  'ToggleBreakpoint',
  'CreateWatchpoint',
  'Set',
  'SetExecutionPoint',
  'Restart',
]

function wantsRequest(connection: Connection, head: string, tell: (news: TapNews) => void): boolean {
  const method = METHOD.exec(head)?.[1]
  if (method === undefined || method === 'GetEvents') return false
  if (TELLING.includes(method)) return true
  const { outermost } = connection
  connection.refusal = null
  connection.outermost = null
  if (method === 'State' && outermost) tell(outermost)
  return false
}

function tookRequest(connection: Connection, line: string, tell: (news: TapNews) => void) {
  const request = parse(Request, line)
  if (!request?.method.startsWith('RPCServer.')) return
  const method = request.method.slice('RPCServer.'.length)
  const parameters = request.params[0]

  if (method === 'ListFunctions' && connection.refusal && Filter.safeParse(parameters).data?.Filter === '^plugin\\.Open$') {
    tell({ is: 'refused', ...connection.refusal })
  }
  if (method !== 'FindLocation') connection.refusal = null
  connection.outermost = null

  const pending = expected(method, parameters)
  if (!pending) return
  if (pending.is === 'resume') {
    connection.tracing = false
    tell({ is: 'resumed' })
  }
  connection.pending.set(request.id, pending)
  const [oldest] = connection.pending.keys()
  if (connection.pending.size > MAX_PENDING && oldest !== undefined) connection.pending.delete(oldest)
}

/** What to make of the reply to a request; null when it tells nothing. */
function expected(method: string, parameters: unknown): Pending | null {
  switch (method) {
    case 'Command': {
      const name = Command.safeParse(parameters).data?.name ?? ''
      if (name === 'halt') return { is: 'halt' }
      return name === 'switchGoroutine' || name === 'switchThread' ? { is: 'switch' } : { is: 'resume', command: name }
    }
    case 'Stacktrace': {
      // `frame` asks for one frame (depth and skip alike), `stack` for all from the first on.
      const asked = Frames.safeParse(parameters).data
      const one = asked && asked.Depth === asked.Skip && asked.Skip >= 0 && asked.Opts === 0 && asked.Cfg === null
      return one ? { is: 'frame', goroutine: asked.Id, frame: asked.Skip } : null
    }
    case 'FindLocation': {
      // `list` and `disassemble` accept lines without a statement, `break` does not.
      const asked = Asked.safeParse(parameters).data
      return asked && !asked.IncludeNonExecutableLines ? { is: 'locate', location: asked.Loc } : null
    }
    case 'CreateBreakpoint':
      return { is: 'create', location: Wanted.safeParse(parameters).data?.LocExpr ?? '' }
    case 'AmendBreakpoint':
    case 'ClearBreakpoint':
    case 'ToggleBreakpoint':
    case 'CreateWatchpoint':
      return { is: 'breakpoints' }
    case 'Set':
      return { is: 'assign' }
    case 'SetExecutionPoint':
      return { is: 'jump' }
    case 'Restart':
      return { is: 'restart' }
    default:
      return null
  }
}

function tookReply(connection: Connection, line: string, tell: (news: TapNews) => void) {
  const id = replyId(line) as number
  const pending = connection.pending.get(id)
  if (!pending) return
  connection.pending.delete(id)
  const reply = parseReply(line)
  if (!reply) return tell({ is: 'unclear' })
  const refused = reply.error !== null && reply.error !== undefined
  const state = StateOut.safeParse(reply.result).data?.State

  switch (pending.is) {
    case 'resume':
      if (!state) return tell({ is: 'unclear' })
      connection.tracing = continuesByItself(pending.command, state)
      return connection.tracing ? undefined : tell({ is: 'stopped', state })
    case 'halt':
    case 'jump':
      return state ? tell({ is: 'stopped', state }) : undefined
    case 'switch':
      return state ? tell({ is: 'switched', state }) : undefined
    case 'frame': {
      const at = refused ? undefined : LocationsOut.safeParse(reply.result).data?.Locations[0]
      if (!at) return
      const news: TapNews = { is: 'frame', goroutine: pending.goroutine, frame: pending.frame, at }
      if (pending.frame > 0) tell(news)
      else connection.outermost = news
      return
    }
    case 'locate':
      connection.refusal = refused ? { location: pending.location, why: words(reply.error) } : null
      return
    case 'create':
      return tell(refused ? { is: 'refused', location: pending.location, why: words(reply.error) } : { is: 'breakpoints' })
    case 'breakpoints':
      return refused ? undefined : tell({ is: 'breakpoints' })
    case 'assign':
      return refused ? undefined : tell({ is: 'assigned' })
    case 'restart':
      tell({ is: 'breakpoints' })
      return tell({ is: 'unclear' })
  }
}

/** As rpc2's Continue: when all that was hit are tracepoints, dlv prints them and continues. */
function continuesByItself(command: string, state: ApiState): boolean {
  if (!['continue', 'rewind', 'directionCongruentContinue'].includes(command) || state.exited) return false
  const hit = state.Threads.flatMap((thread) => thread.breakPoint ?? [])
  return hit.length > 0 && hit.every((breakpoint) => breakpoint.continue || breakpoint.traceReturn)
}

function parse<T>(shape: z.ZodType<T>, line: string): T | null {
  try {
    return shape.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
