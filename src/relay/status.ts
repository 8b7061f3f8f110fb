/** Tells pages how far the build is and whether this relay can go live, as server-sent events. */
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Refusal, Status } from '../protocol/messages.ts'
import { clientOf } from './client.ts'
import type { RelayLimits } from './limits.ts'

/** Milliseconds between comments on a quiet stream: shorter than proxies and sleeping network cards are patient. */
const HEARTBEAT = 25_000

const TOO_MANY: Refusal = { why: 'Too many pages ask this relay how far it is.', fix: 'Close some, and reload this one.' }

export interface StatusBoard {
  current(): Status
  set(status: Status): void
  /** Ends every stream. */
  close(): void
}

/** Adds `GET /api/status` to `app`. Streams stay open, so there are no more than the limits say. */
export function serveStatus(
  app: FastifyInstance,
  first: Status,
  { listeners, listenersPerClient }: Pick<RelayLimits, 'listeners' | 'listenersPerClient'>,
): StatusBoard {
  let status = first
  /** With whose they are. */
  const streams = new Map<PassThrough, string>()
  /** Those whose page has not read the last status yet. */
  const late = new Set<PassThrough>()
  const heartbeat = setInterval(() => {
    for (const stream of streams.keys()) if (!late.has(stream)) stream.write(':\n\n')
  }, HEARTBEAT)

  /** Only the last status matters: a page that reads slowly gets fewer of them. */
  function tell(stream: PassThrough) {
    if (late.has(stream)) return
    if (stream.write(`data: ${JSON.stringify(status)}\n\n`)) return
    late.add(stream)
    stream.once('drain', () => late.delete(stream) && tell(stream))
  }

  app.get('/api/status', (request, reply) => {
    const client = clientOf(request.ip)
    const mine = [...streams.values()].filter((other) => other === client).length
    if (streams.size >= listeners || mine >= listenersPerClient) return reply.code(503).header('cache-control', 'no-store').send(TOO_MANY)
    const stream = new PassThrough()
    streams.set(stream, client)
    stream.on('close', () => streams.delete(stream) && late.delete(stream))
    tell(stream)
    reply.raw.socket?.setTimeout(0)
    return reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).send(stream)
  })

  return {
    current: () => status,
    set: (next) => {
      status = next
      for (const stream of streams.keys()) tell(stream)
    },
    close: () => {
      clearInterval(heartbeat)
      for (const stream of streams.keys()) stream.end()
    },
  }
}
