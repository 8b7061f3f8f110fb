/** Hands output to a terminal in pieces, small enough that no program can keep the relay from its other readers for long. */

/** Bytes of a piece. Most output is parsed at 20 MB/s, but a single byte of it can take two milliseconds (scroll, reset, fill the screen). */
const SMALLEST = 32
const FIRST = 64
const LARGEST = 512
/** Milliseconds of processor time a piece may take; the clock on the wall would blame it for others' work. */
const LONG = 30
/** Milliseconds between two readings of the processor's clock, which take longer than a small piece. */
const READING = 5
/** Pieces that must be quick before the next ones are twice as large. */
const QUICK = 64
/** Milliseconds for which pieces stay small after one that took long. */
const MISTRUST = 10_000

/** Makes a writer; `parse` is the terminal's, which calls back when it is done. The writer calls `parsed` when all of its bytes are. */
export function writeInPieces(parse: (piece: Buffer, parsed: () => void) => void): (bytes: Buffer, parsed: () => void) => void {
  const waiting: { bytes: Buffer; parsed: () => void }[] = []
  let size = FIRST
  let quick = 0
  let mistrustedUntil = 0
  let busy = false
  let reading = { at: 0, used: process.cpuUsage() }

  function next() {
    const [first] = waiting
    busy = first !== undefined
    if (!first) return
    const piece = first.bytes.subarray(0, size)
    const began = performance.now()
    if (began - reading.at > READING) reading = { at: began, used: process.cpuUsage() }
    // Called from the terminal's own loop, which makes way for others every 12 ms: written from there, the next piece waits for no clock.
    parse(piece, () => {
      adapt(performance.now() - began > LONG && process.cpuUsage(reading.used).user / 1_000 > LONG)
      first.bytes = first.bytes.subarray(piece.length)
      if (first.bytes.length === 0) {
        waiting.shift()
        first.parsed()
      }
      next()
    })
  }

  function adapt(tookLong: boolean) {
    quick = tookLong ? 0 : quick + 1
    if (tookLong) {
      size = SMALLEST
      mistrustedUntil = performance.now() + MISTRUST
    } else if (quick >= QUICK && size < LARGEST && performance.now() > mistrustedUntil) {
      size *= 2
      quick = 0
    }
  }

  return (bytes, parsed) => {
    waiting.push({ bytes, parsed })
    if (!busy) next()
  }
}
