/** A raw connection to Delve inside a sandbox, as a Node stream. */
import { Duplex } from 'node:stream'
import type { Link } from './link.ts'

/** Bytes that nobody has read yet. Answers are read as they come. */
const MAX_UNREAD = 4 * 1024 * 1024

export class LinkedStream extends Duplex {
  readonly #link: Link
  readonly #id: number

  constructor(link: Link, id: number) {
    super()
    this.#link = link
    this.#id = id
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#link.send('stream', this.#id, chunk)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#link.tell({ type: 'close-stream', stream: this.#id })
    done(error)
  }

  /** What Delve said. */
  receive(bytes: Buffer): void {
    if (this.destroyed) return
    this.push(bytes)
    if (this.readableLength > MAX_UNREAD) this.destroy(new Error('nobody reads what Delve says'))
  }

  /** Delve hung up. */
  hangUp(): void {
    if (!this.destroyed) this.push(null)
  }
}
