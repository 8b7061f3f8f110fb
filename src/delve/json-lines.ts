/** Cuts a stream of JSON messages, one to a line as Go's encoder writes them, into lines, and keeps nothing of those that nobody wants. */

/** Bytes that several streams may hold together. */
export interface Room {
  left: number
}

export interface LineOptions {
  /** Bytes of one line. */
  limit: number
  /** What is shared with other streams; without it, only `limit` counts. */
  room?: Room
  /** Whether a line is wanted, by its first bytes (HEAD, or all of a shorter one): most of what passes is not. */
  wants?: (head: string) => boolean
  onLine: (line: string) => void
  /** Told once of a wanted line that is too long, or for which there is no room; its rest is skipped. */
  onTooLong: (head: string) => void
}

export interface Lines {
  /** Takes the stream's bytes as they come. */
  take(bytes: Uint8Array): void
  /** Gives back what is held of an unfinished line. */
  close(): void
}

/** Bytes by which a line is told. */
export const HEAD = 64

const NEWLINE = 0x0a
const SMALLEST = 4_096

export function splitLines({ limit, room = { left: Number.POSITIVE_INFINITY }, wants = () => true, onLine, onTooLong }: LineOptions): Lines {
  // Copied, and not kept as the pieces they came in: a piece of one byte keeps the whole frame that it came with.
  let line = Buffer.alloc(0)
  let held = 0
  let skipping = false
  let asked = false

  function empty() {
    room.left += line.length
    line = Buffer.alloc(0)
    held = 0
  }

  function skip() {
    skipping = true
    empty()
  }

  /** Makes the line long enough; false when it may not be. */
  function grow(needed: number): boolean {
    if (needed <= line.length) return true
    const size = Math.min(limit, Math.max(SMALLEST, 2 * needed))
    if (needed > limit || size - line.length > room.left) return false
    room.left -= size - line.length
    const longer = Buffer.allocUnsafeSlow(size)
    line.copy(longer, 0, 0, held)
    line = longer
    return true
  }

  function hold(part: Uint8Array) {
    if (skipping || part.length === 0) return
    const head = asked ? part.length : Math.min(part.length, HEAD - held)
    if (!grow(held + head)) return tooLong()
    line.set(part.subarray(0, head), held)
    held += head
    if (!asked && held === HEAD) ask()
    if (head < part.length) hold(part.subarray(head))
  }

  function ask() {
    asked = true
    if (!wants(line.toString('utf8', 0, Math.min(held, HEAD)))) skip()
  }

  function tooLong() {
    const head = line.toString('utf8', 0, Math.min(held, HEAD))
    skip()
    onTooLong(head)
  }

  function endLine() {
    if (!skipping && !asked && held > 0) ask()
    const text = skipping || held === 0 ? null : line.toString('utf8', 0, held)
    empty()
    skipping = false
    asked = false
    if (text !== null) onLine(text)
  }

  return {
    take: (bytes) => {
      let from = 0
      for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
        hold(bytes.subarray(from, to))
        endLine()
        from = to + 1
      }
      hold(bytes.subarray(from))
    },
    close: skip,
  }
}
