/** Prints lines of source the way Delve's `list` or pprof's does, for recordings that hold only their place. */

/** Delve's colours: yellow arrow, blue line numbers (pkg/terminal/colorize of Delve). */
const ARROW = '\x1b[33m'
const NUMBER = '\x1b[34m'
const PLAIN = '\x1b[0m'

/** Lines `from` to `to` (counted from 1) of `lines`, each ended as a terminal takes it; `arrow` is the line marked `=>`. A `bare` one is text alone. */
export function listing(lines: readonly string[], range: { from: number; to: number; arrow: number | null; bare?: true | undefined }): string {
  if (range.bare) return lines.slice(range.from - 1, range.to).join('\r\n')
  let text = ''
  for (let line = range.from; line <= Math.min(range.to, lines.length); line++) {
    const mark = line === range.arrow ? '=>' : '  '
    text += `${ARROW}${mark}${NUMBER}${String(line).padStart(4)}:\t${PLAIN}${lines[line - 1]}\r\n`
  }
  return text
}
