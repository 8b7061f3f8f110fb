/** Follows a terminal's output to know what it breaks off in: a page that joins inside an escape sequence or a character needs its beginning. */

/** Bytes kept of a sequence. A longer one (a title without end) keeps its beginning, so that the page is in the same state. */
const LONGEST = 8_192

const ESC = 0x1b
const BEL = 0x07
const CAN = 0x18
const SUB = 0x1a

/** Where the output is: between sequences, or in one; `string` is OSC, DCS, SOS, PM or APC. */
type State = 'ground' | 'escape' | 'csi' | 'osc' | 'string'

/** The bytes after an escape that begin a longer sequence. */
const BEGINS: Readonly<Record<string, State>> = { '[': 'csi', ']': 'osc', P: 'string', X: 'string', '^': 'string', _: 'string' }

export interface Unfinished {
  take(bytes: Buffer): void
  /** The bytes of what is unfinished; empty when nothing is. */
  rest(): Buffer
}

export function unfinished(): Unfinished {
  let state: State = 'ground'
  let rest: Buffer = Buffer.alloc(0)
  return {
    take: (bytes) => {
      // Where the sequence that is open at the end began; before these bytes unless there is an escape in them.
      let begin = 0
      let at = 0
      while (at < bytes.length) {
        // Most output is plain: jump to the next escape.
        if (state === 'ground') at = bytes.indexOf(ESC, at)
        if (at < 0) break
        const byte = bytes[at] ?? 0
        if (byte === ESC) begin = at
        state = next(state, byte)
        at += 1
      }
      const began = bytes[begin] === ESC || rest.length === 0
      const joined = began ? bytes.subarray(begin) : Buffer.concat([rest, bytes])
      rest = Buffer.from((state === 'ground' ? openCharacter(joined) : joined).subarray(0, LONGEST))
    },
    rest: () => rest,
  }
}

function next(state: State, byte: number): State {
  if (byte === ESC) return 'escape'
  if (byte === CAN || byte === SUB) return 'ground'
  switch (state) {
    case 'ground':
      return 'ground'
    case 'escape':
      return byte < 0x30 || byte > 0x7e ? 'escape' : (BEGINS[String.fromCharCode(byte)] ?? 'ground')
    case 'csi':
      return byte >= 0x40 && byte <= 0x7e ? 'ground' : 'csi'
    case 'osc':
      return byte === BEL ? 'ground' : 'osc'
    case 'string':
      return 'string'
  }
}

/** The bytes at the end that begin a UTF-8 character and need more. */
export function openCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.subarray(back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? -back : bytes.length)
  }
  return bytes.subarray(bytes.length)
}
