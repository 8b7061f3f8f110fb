/** Joins one WebSocket to a session: reads what the page sends, refuses what is wrong, and goes on. */
// @fastify/websocket: Fastify's own plugin; a socket's request passes the same checks as every other.
import sockets from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import { MAX_BYTES_PER_SECOND, MAX_MESSAGE, MAX_MESSAGES_PER_SECOND } from '../protocol/limits.ts'
import { CLOSE, FromPage } from '../protocol/messages.ts'
import { ENDINGS } from './endings.ts'
import type { Session } from './session.ts'

/** Bytes beyond which a message is not even read: the socket is closed (1009). A mistake is below it, and is answered. */
const MOST_READ = 8 * MAX_MESSAGE
/** Milliseconds a page has to answer a goodbye before its socket is cut. */
const GOODBYE = 2_000
/** Where pages open their socket. */
export const SOCKET_PATH = '/api/session/socket'
/** Messages refused in ten seconds after which the socket is closed. */
const MOST_REFUSED = 20
/** How many of them a second of flooding counts for. */
const FLOOD = 5
/** Values one page may be waiting for. */
const MOST_EXPANDING = 32
/** Milliseconds between two looks whether the page is still there: a laptop that was closed says nothing. */
const HEARTBEAT = 30_000
/** Characters of a reason. */
const LONGEST_REASON = 300

const SOCKETS = {
  maxPayload: MOST_READ,
  maxFragments: 1_024,
  // Terminals say little that is worth its memory and time: a compressor takes 300 KB a socket.
  perMessageDeflate: false,
  autoPong: false,
  closeTimeout: GOODBYE,
}

/** Lets `app` have routes for sockets. To be called before any hook that may refuse a request: the plugin's own hook must come first to hang up after it. */
export async function acceptSockets(app: FastifyInstance): Promise<void> {
  await app.register(sockets, { options: SOCKETS, errorHandler: (_error, socket) => socket.terminate() })
  // The plugin would open a socket at any address, and close it again.
  app.addHook('onRequest', async (request, reply) => {
    if (request.ws && request.routeOptions.url !== SOCKET_PATH) return reply.code(404).type('text/plain').send('There is no socket here.\n')
  })
}

/** Joins an open socket to a session, until it closes. */
export function joinSocket(socket: WebSocket, session: Session): void {
  const viewer = session.join({ send: (data, taken) => socket.send(data, taken), close: (code, reason) => socket.close(code, reason) })
  const pace = { second: 0, messages: 0, bytes: 0, refused: false }
  const refused = { since: 0, count: 0 }
  let expanding = 0
  let answered = true

  const heartbeat = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, HEARTBEAT)
  socket.on('pong', () => {
    answered = true
  })
  // Answered here, not by the library: a page that only pings counts as one that only talks.
  socket.on('ping', (data) => count(data) && socket.pong(data))
  socket.on('close', () => {
    clearInterval(heartbeat)
    session.leave(viewer)
  })
  socket.on('message', (data: Buffer, isBinary) => {
    if (!count(data)) return
    if (isBinary) return refuse('Messages are JSON text, not binary.')
    if (data.length > MAX_MESSAGE) return refuse(`A message has at most ${MAX_MESSAGE} bytes; this one has ${data.length}.`)
    const message = parse(data)
    if (typeof message === 'string') return refuse(message)
    act(message).catch((error: unknown) => refuse(words(error)))
  })

  async function act(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'input':
        return session.type(message.terminal, message.text) ? undefined : refuse('There is no terminal yet, or no more.')
      case 'resize':
        return session.resize(message.terminal, { columns: message.columns, rows: message.rows }, viewer)
      case 'halt':
        if (!session.follower) return refuse('There is no debugger yet, or no more.')
        return session.follower.halt().catch((error: unknown) => refuse(`The target could not be halted: ${words(error)}`))
      case 'expand':
        return expand(message)
      case 'shown':
        return viewer.shown(message.terminal, message.bytes)
      case 'end':
        return session.end(ENDINGS.asked())
    }
  }

  async function expand({ request, expression, frame }: Extract<FromPage, { type: 'expand' }>): Promise<void> {
    const { follower } = session
    if (!follower) return viewer.tell({ type: 'variable', request, variable: null, why: 'There is no debugger yet, or no more.' })
    if (expanding >= MOST_EXPANDING) return refuse(`At most ${MOST_EXPANDING} values can be asked for at once.`)
    expanding += 1
    try {
      viewer.tell({ type: 'variable', request, variable: await follower.expand(expression, frame), why: '' })
    } catch (error) {
      viewer.tell({ type: 'variable', request, variable: null, why: words(error) })
    } finally {
      expanding -= 1
    }
  }

  /** Whether a message may be looked at. Of those that are too many only the first in a second is answered: answers are work, too. */
  function count({ length }: Buffer): boolean {
    const second = Math.floor(performance.now() / 1000)
    if (second !== pace.second) Object.assign(pace, { second, messages: 0, bytes: 0, refused: false })
    pace.messages += 1
    pace.bytes += length
    if (pace.messages <= MAX_MESSAGES_PER_SECOND && pace.bytes <= MAX_BYTES_PER_SECOND) return true
    if (!pace.refused) refuse(`At most ${MAX_MESSAGES_PER_SECOND} messages and ${MAX_BYTES_PER_SECOND} bytes a second; the rest is dropped.`, FLOOD)
    pace.refused = true
    return false
  }

  function refuse(why: string, weight = 1): void {
    const now = performance.now()
    if (now - refused.since > 10_000) Object.assign(refused, { since: now, count: 0 })
    refused.count += weight
    if (refused.count > MOST_REFUSED) socket.close(CLOSE.tooManyRefused, 'Too many messages had to be refused.')
    else viewer.tell({ type: 'refused', why: why.slice(0, LONGEST_REASON) })
  }
}

/** The message, or why it is none. */
function parse(data: Buffer): FromPage | string {
  let value: unknown
  try {
    value = JSON.parse(data.toString())
  } catch {
    return 'This message is not JSON.'
  }
  const { data: message, error } = FromPage.safeParse(value)
  if (message) return message
  const [issue] = error.issues
  return `This message is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))
