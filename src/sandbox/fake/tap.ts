/** The fake's tap: passes on what the reader's dlv and Delve say, tells both, and keeps `exit` from ending Delve. */
import { Duplex } from 'node:stream'

export interface TapListener {
  passed(direction: 'request' | 'reply', bytes: Buffer): void
  closed(): void
}

/** The reader's end of a connection whose other end is `delve`. Each write is one whole request. */
export function tapped(delve: Duplex, listener: TapListener): Duplex {
  const reader = new Duplex({
    read() {},
    write(request: Buffer, _encoding, done) {
      listener.passed('request', request)
      const { id, method } = JSON.parse(request.toString()) as { id: number; method: string }
      if (method === 'RPCServer.Detach') reply(Buffer.from(`${JSON.stringify({ id, result: {}, error: null })}\n`))
      else delve.write(request)
      done()
    },
    destroy(error, done) {
      delve.destroy()
      listener.closed()
      done(error)
    },
  })
  function reply(bytes: Buffer) {
    listener.passed('reply', bytes)
    reader.push(bytes)
  }
  delve.on('data', reply)
  delve.once('close', () => reader.destroy())
  return reader
}
