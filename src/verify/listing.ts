/** Finds lines of source that Delve or pprof printed, so that a recording can name them instead of holding them. */

/**
 * Source that a terminal printed: the stretch of its output, and the lines as they were numbered. `path` is the path Delve showed before them.
 * A `bare` one is one line's text alone, which pprof prints behind columns of its own; its `path` begins with the package's import path.
 */
export interface Listing {
  from: number
  to: number
  path: string
  bare?: true
  lines: { number: number; arrow: boolean; text: string }[]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ESCAPE = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g
/** `=> 185:<tab>text` or `   185:<tab>text`, as Delve's own listing and the sandbox's `list` print it. */
const NUMBERED = /^(=>| {2}) *(\d+):(?:\t(.*))?$/
/** `Showing path:185 (PC: …`, `Frame 0: path:185 (PC: …`, `> [name] function() path:185 (hits …`. */
const HEADER = /(?:^|\s)(\S+):\d+ \((?:PC|hits)/

/** `ROUTINE ======================== package.function in path`, which pprof's `list` prints before lines of flat, cumulated, number, text. */
const ROUTINE = /^ROUTINE =+ (.*\/)?([^/]+?)\.\S* in (?:\S*\/)?(\S+)$/
const WEIGHED = /^( *\S+ +\S+ +(\d+):)(.*)$/
const SUM = /\(flat, cum\)/

/** The listings in what a terminal said, in order. Throws when numbered lines have no header that says of which file they are. */
export function findListings(said: string): Listing[] {
  const found: Listing[] = []
  let path: string | null = null
  let routine: string | null = null
  let open: Listing | null = null
  let at = 0
  for (const raw of said.split('\n')) {
    const [from, to] = [at, at + raw.length + 1]
    at = to
    const plain = raw.replace(ESCAPE, '').replace(/\r$/, '')
    const named = ROUTINE.exec(plain)
    if (named) routine = `${named[1] ?? ''}${named[2]}/${named[3]}`
    else if (routine !== null && !SUM.test(plain)) {
      const [, columns = '', number, text = ''] = WEIGHED.exec(plain) ?? []
      if (number === undefined) routine = null
      else if (text !== '') {
        found.push({
          from: from + columns.length,
          to: from + columns.length + text.length,
          path: routine,
          bare: true,
          lines: [{ number: Number(number), arrow: false, text }],
        })
        continue
      }
    }
    const numbered = NUMBERED.exec(plain)
    if (!numbered) {
      open = null
      path = HEADER.exec(plain)?.[1] ?? path
      continue
    }
    if (path === null) throw new Error(`A terminal printed numbered lines without saying of which file: ${plain}`)
    if (!open) {
      open = { from, to, path, lines: [] }
      found.push(open)
    }
    open.to = Math.min(to, said.length)
    open.lines.push({ number: Number(numbered[2]), arrow: numbered[1] === '=>', text: numbered[3] ?? '' })
  }
  return found
}

/** The same words without the text of numbered lines. */
export function withoutSource(said: string): string {
  const delve = said.replace(/^((?:=>| {2}) *\d+:).*$/gm, '$1 …')
  let weighed = false
  return delve
    .split('\n')
    .map((line) => {
      if (ROUTINE.test(line)) weighed = true
      else if (weighed && !SUM.test(line)) weighed = WEIGHED.test(line)
      return weighed && !SUM.test(line) && !ROUTINE.test(line) ? line.replace(WEIGHED, '$1 …') : line
    })
    .join('\n')
}
