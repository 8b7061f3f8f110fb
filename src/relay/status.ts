/** Tells pages how far the build is and whether this relay can go live, as server-sent events. */
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Status } from '../protocol/messages.ts'

/** Milliseconds between comments on a quiet stream: shorter than proxies and sleeping network cards are patient. */
const HEARTBEAT = 25_000

export interface StatusBoard {
  current(): Status
  set(status: Status): void
  /** Ends every stream. */
  close(): void
}

/** Adds `GET /api/status` to `app`. */
export function serveStatus(app: FastifyInstance, first: Status): StatusBoard {
  let status = first
  const streams = new Set<PassThrough>()
  /** Those whose page has not read the last status yet. */
  const late = new Set<PassThrough>()
  const heartbeat = setInterval(() => {
    for (const stream of streams) if (!late.has(stream)) stream.write(':\n\n')
  }, HEARTBEAT)

  /** Only the last status matters: a page that reads slowly gets fewer of them. */
  function tell(stream: PassThrough) {
    if (late.has(stream)) return
    if (stream.write(`data: ${JSON.stringify(status)}\n\n`)) return
    late.add(stream)
    stream.once('drain', () => late.delete(stream) && tell(stream))
  }

  app.get('/api/status', (_request, reply) => {
    const stream = new PassThrough()
    streams.add(stream)
    stream.on('close', () => streams.delete(stream) && late.delete(stream))
    tell(stream)
    reply.raw.socket?.setTimeout(0)
    return reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).send(stream)
  })

  return {
    current: () => status,
    set: (next) => {
      status = next
      for (const stream of streams) tell(stream)
    },
    close: () => {
      clearInterval(heartbeat)
      for (const stream of streams) stream.end()
    },
  }
}
