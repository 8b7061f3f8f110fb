/** Frames between a backend and its supervisor: u32 length (big endian, of what follows), u8 kind, payload. The Go half is supervisor/frames.go. */

export const FRAME = { control: 0, terminal: 1, tap: 2, stream: 3 } as const

/** Neither side takes a longer frame: nothing legitimate comes near it. */
export const MAX_FRAME = 262_144
/** Bytes of a terminal or stream in one frame. */
export const MAX_CHUNK = 32_768

/** One whole frame. `id` is the number of a terminal or stream. */
export function controlFrame(message: object): Buffer {
  return frame(FRAME.control, Buffer.from(JSON.stringify(message)))
}

/** The frames that carry `bytes` of a numbered terminal or stream. */
export function* bytesFrames(kind: 1 | 3, id: number, bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += MAX_CHUNK) {
    const number = Buffer.alloc(2)
    number.writeUInt16BE(id)
    yield frame(kind, number, bytes.subarray(at, at + MAX_CHUNK))
  }
}

function frame(kind: number, ...parts: Uint8Array[]): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(1 + parts.reduce((sum, part) => sum + part.length, 0))
  head[4] = kind
  return Buffer.concat([head, ...parts])
}

/** Cuts a stream of bytes into frames. Throws RangeError on a length that is not allowed; what it throws ends the sandbox. */
export class FrameReader {
  #pending: Buffer[] = []
  #length = 0

  #join(): Buffer {
    const whole = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    this.#pending = [whole]
    return whole
  }

  /** Takes the next bytes and yields every frame that is whole. */
  *take(bytes: Buffer): Generator<{ kind: number; payload: Buffer }> {
    this.#pending.push(bytes)
    this.#length += bytes.length
    while (this.#length >= 5) {
      const whole = this.#join()
      const size = whole.readUInt32BE(0)
      if (size < 1 || size > MAX_FRAME) throw new RangeError(`a frame of ${size} bytes; 1 to ${MAX_FRAME} are allowed`)
      if (whole.length < 4 + size) return
      this.#pending = [whole.subarray(4 + size)]
      this.#length = whole.length - 4 - size
      yield { kind: whole.readUInt8(4), payload: whole.subarray(5, 4 + size) }
    }
  }
}
