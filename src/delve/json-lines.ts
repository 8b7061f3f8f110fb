/** Cuts a stream of JSON messages, one to a line as Go's encoder writes them, into lines. Remembers no more than `limit` bytes. */

/** Takes the stream's bytes as they come. `onLine` gets each whole line; `onTooLong` is told once of a line over `limit` bytes, whose rest is skipped. */
export function splitLines(options: { limit: number; onLine: (line: string) => void; onTooLong: () => void }): (bytes: Uint8Array) => void {
  let parts: Uint8Array[] = []
  let held = 0
  let skipping = false

  function hold(part: Uint8Array) {
    if (skipping) return
    held += part.length
    if (held <= options.limit) {
      parts.push(part)
      return
    }
    skipping = true
    parts = []
    options.onTooLong()
  }

  function endLine() {
    if (!skipping && held > 0) options.onLine(Buffer.concat(parts).toString('utf8'))
    parts = []
    held = 0
    skipping = false
  }

  return (bytes) => {
    let from = 0
    for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
      hold(bytes.subarray(from, to))
      endLine()
      from = to + 1
    }
    if (from < bytes.length) hold(bytes.subarray(from))
  }
}

const NEWLINE = 0x0a
