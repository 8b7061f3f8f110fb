/** The relay: serves the site, says how far the build is, and joins pages to sandboxes. */
// Fastify: routing, limits and an orderly end of every connection, with few dependencies of its own.
import { type FastifyInstance, fastify } from 'fastify'
import type { Status } from '../protocol/messages.ts'
import type { Backend, Setup } from '../sandbox/sandbox.ts'
import { serveApi } from './api.ts'
import { ENDINGS } from './endings.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { limitsFor, type RelayLimits } from './limits.ts'
import { hostCheck } from './origin.ts'
import { ReadyPool } from './ready-pool.ts'
import { RelayError, whyNotListening } from './relay-error.ts'
import { Sessions } from './sessions.ts'
import { serveSite } from './site.ts'
import { acceptSockets } from './socket.ts'
import { serveStatus } from './status.ts'

export interface RelayOptions {
  /** The folder of the built site. */
  site: string
  /** An address or name of this machine; `0.0.0.0` or `::` for all. */
  host: string
  /** 0 chooses a free one. */
  port: number
  /** Called with one line for whoever runs the relay. */
  log: (words: string) => void
  /** What pages are told until `setStatus` or `goLive`. */
  status?: Status
  /** Further names this relay is reached by, for example a proxy's. */
  names?: readonly string[]
  limits?: Partial<RelayLimits>
  /** What walks need, by `chapter/walk`; null for those that need nothing. */
  setups?: ReadonlyMap<string, Setup | null>
}

export interface Relay {
  /** Where a reader on this machine opens it, for example `http://127.0.0.1:8080`. */
  readonly url: string
  setStatus(status: Status): void
  /** From now on readers can have sandboxes of `backend`; `ahead` of them are kept booted. The caller closes the backend, after the relay. */
  goLive(options: { backend: Backend; ahead?: number }): void
  /** Tells everyone, ends every session, and resolves when no sandbox, socket or clock of this relay is left. */
  close(): Promise<void>
}

const NOT_YET: Status = { is: 'recorded', why: 'This relay has no sandboxes.', fix: 'Start it again, without --recorded.' }
/** Milliseconds for the headers of a request, and for all of it: requests here are small. */
const HEADERS = 10_000
const REQUEST = 15_000
/** Milliseconds a connection may be idle. */
const IDLE = 30_000
/** Characters of a line of the log. */
const LONGEST_LINE = 500
/** Connections at once. */
const CONNECTIONS = 2_000

/** Starts a relay. Rejects with RelayError when it cannot listen. */
export async function startRelay({
  site,
  host,
  port,
  status = NOT_YET,
  names,
  setups = new Map(),
  limits: wanted,
  ...options
}: RelayOptions): Promise<Relay> {
  // Some words come out of sandboxes: what they hold must not reach the terminal of whoever runs the relay.
  const log = (words: string) => options.log(words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, LONGEST_LINE))
  const app: FastifyInstance = fastify({
    bodyLimit: 1_024,
    forceCloseConnections: true,
    connectionTimeout: IDLE,
    keepAliveTimeout: IDLE,
    requestTimeout: REQUEST,
    http: { headersTimeout: HEADERS, connectionsCheckingInterval: 2_000 },
  })
  app.server.maxConnections = CONNECTIONS
  await acceptSockets(app)
  const isOurs = hostCheck({ host, names })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (!isOurs(request.headers.host)) {
      return reply.code(421).type('text/plain').send(`This relay does not answer to that name. Open ${url} instead, or start it with --host.\n`)
    }
  })
  const limits = { ...limitsFor(process.availableMemory()), ...wanted }
  const sessions = new Sessions()
  let pool: ReadyPool | null = null
  let closing: Promise<void> | null = null
  const board = serveStatus(app, status, limits)
  await serveApi(app, { sessions, status: board, pool: () => (closing ? null : pool), setups, limits, log })
  await serveSite(app, site)

  try {
    await app.listen({ host, port })
  } catch (error) {
    board.close()
    await app.close()
    throw whyNotListening(error, { host, port })
  }
  const url = urlOf(app, host)

  async function close() {
    board.close()
    await Promise.all([pool?.close(), sessions.close(ENDINGS.relayClosing()), app.close()])
    // Sessions that were still claiming gave back what they waited for.
    await pool?.close()
  }

  return {
    url,
    setStatus: board.set,
    goLive: ({ backend, ahead = 1 }) => {
      if (pool || closing) throw new RelayError('This relay is live already, or closing.', 'Call goLive once.')
      pool = new ReadyPool({ backend, ahead, atMost: limits.sessions, log })
      board.set({ is: 'live' })
    },
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
