/** What pages ask of the relay by HTTP: a session of their own, and a socket to it. */
// @fastify/cookie: Fastify's own plugin; reads and writes the header as browsers expect it.
import cookies from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Refusal, SessionWish } from '../protocol/messages.ts'
import type { Setup } from '../sandbox/sandbox.ts'
import { clientOf } from './client.ts'
import type { RelayLimits } from './limits.ts'
import { fromOwnPage } from './origin.ts'
import type { ReadyPool } from './ready-pool.ts'
import { parseTicket, ticketText } from './secret.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'
import { joinSocket, SOCKET_PATH } from './socket.ts'
import type { StatusBoard } from './status.ts'

export interface ApiOptions {
  sessions: Sessions
  status: StatusBoard
  /** Null until sandboxes can be had. */
  pool: () => ReadyPool | null
  /** What walks need, by `chapter/walk`; null for those that need nothing. */
  setups: ReadonlyMap<string, Setup | null>
  limits: RelayLimits
  log: (words: string) => void
}

/** Adds `GET` and `POST /api/session`, `GET /api/session/socket` and `GET /healthz` to `app`. */
export async function serveApi(app: FastifyInstance, { sessions, status, pool, setups, limits, log }: ApiOptions): Promise<void> {
  await app.register(cookies)
  const theirs = (request: FastifyRequest) => sessions.find(parseTicket(request.cookies[cookieName(request)]))

  /** The page's session as it is, or null: a page that was reloaded asks before it joins. */
  app.get('/api/session', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return { state: theirs(request)?.state ?? null }
  })

  app.post('/api/session', async (request, reply) => {
    if (!fromOwnPage(request.headers)) return refuse(reply, 403, NOT_OURS)
    const mine = theirs(request)
    if (isOpen(mine)) return {}
    const wish = SessionWish.safeParse(request.body ?? { walk: null })
    if (!wish.success) return refuse(reply, 400, NOT_UNDERSTOOD)
    const { walk } = wish.data
    const setup = walk === null ? null : setups.get(walk)
    if (setup === undefined) return refuse(reply, 404, noWalk(walk ?? ''))
    const { current } = status
    const sandboxes = pool()
    if (!sandboxes) return refuse(reply, 409, whyNotLive(current()))
    const client = clientOf(request.ip)
    if (sessions.openOf(client) >= limits.sessionsPerClient) return refuse(reply, 429, fullForOne(limits.sessionsPerClient))
    // Whoever has just ended their own session gets its place.
    if (sessions.alive.size >= limits.sessions) await mine?.gone
    if (sessions.alive.size >= limits.sessions) return refuse(reply, 503, full(limits.sessions))
    const { ticket, session } = sessions.start(client, {
      // Only what makes a difference is told: any plain sandbox serves a walk that needs nothing.
      walk: setup ? walk : null,
      take: (options) => sandboxes.take({ ...options, ...(setup && { setup }) }),
      times: limits,
      log,
    })
    // A start keeps a core busy: the next one waits until this reader has what they asked for.
    void session.settled.then(() => sandboxes.refill())
    void session.gone.then(() => sandboxes.refill())
    reply.setCookie(cookieName(request), ticketText(ticket), { path: '/api/session', httpOnly: true, sameSite: 'strict' })
    return reply.code(201).send({})
  })

  const mayJoin = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!fromOwnPage(request.headers)) return refuse(reply, 403, NOT_OURS)
    const session = theirs(request)
    if (!session) return refuse(reply, 401, NO_SESSION)
    if (session.crowded) return refuse(reply, 429, TOO_OFTEN)
    if (session.viewers >= limits.viewers) return refuse(reply, 429, tooManyPages(limits.viewers))
  }
  app.get(SOCKET_PATH, { websocket: true, preValidation: mayJoin }, (socket, request) => {
    const session = theirs(request)
    if (session) joinSocket(socket, session)
    else socket.close()
  })

  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    const viewers = [...sessions.alive].reduce((sum, session) => sum + session.viewers, 0)
    return { mode: status.current().is, sessions: sessions.alive.size, atMost: limits.sessions, viewers, sandboxes: pool()?.health() ?? null }
  })
}

/** Cookies know no ports: two relays on one machine must not take one another's. */
const cookieName = ({ raw }: FastifyRequest) => `session-${raw.socket.localPort}`

const isOpen = (session: Session | null) => session !== null && session.state.is !== 'ended'

function refuse(reply: FastifyReply, code: number, refusal: Refusal): FastifyReply {
  return reply.code(code).header('cache-control', 'no-store').send(refusal)
}

const NOT_OURS: Refusal = { why: 'This was not asked by a page of this relay.', fix: 'Open the relay’s own address and ask there.' }

const NOT_UNDERSTOOD: Refusal = { why: 'What was asked for is not understood.', fix: 'Reload the page: it may be of an older version.' }

const noWalk = (walk: string): Refusal => ({ why: `This relay knows no walk "${walk}".`, fix: 'Reload the page: the book may have changed.' })

const NO_SESSION: Refusal = { why: 'This browser has no session here, or it has been forgotten.', fix: 'Start a new one.' }

const TOO_OFTEN: Refusal = { why: 'Pages joined this session too often.', fix: 'Wait ten seconds.' }

const tooManyPages = (count: number): Refusal => ({ why: `${count} pages look at this session already.`, fix: 'Close one of them.' })

const full = (count: number): Refusal => ({
  why: count === 1 ? 'The one sandbox this machine has memory for is in use.' : `All ${count} sandboxes this machine has memory for are in use.`,
  fix: 'Read on with the recording, and try again when somebody has ended their session.',
})

const fullForOne = (count: number): Refusal => ({
  why: `${count} sessions are open from your address already, which is all that one address may have.`,
  fix: 'End one of them (whoever shares your network counts too), or read on with the recording.',
})

function whyNotLive(status: ReturnType<StatusBoard['current']>): Refusal {
  switch (status.is) {
    case 'recorded':
    case 'failed':
      return { why: status.why, fix: status.fix }
    case 'building':
      return { why: 'The programs are still being built.', fix: 'Wait until the build is done; the recording plays meanwhile.' }
    case 'live':
      return { why: 'Sandboxes cannot be had yet.', fix: 'Try again in a moment.' }
  }
}
