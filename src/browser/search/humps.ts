/** Camel humps: `DBHC` and `DefBuHan` mean DefaultBuildHandlerChain. */

/** Whether a hump begins at `at`: the D, B, H and C of DefaultBuildHandlerChain, the H and S of HTTPServer. */
export function isHumpStart(text: string, at: number): boolean {
  if (at === 0) return true
  // Not taken apart as a pair, which costs ten times as much until it is compiled: the first query asks this of every word.
  const before = text.charCodeAt(at - 1)
  const here = text.charCodeAt(at)
  if (!isLetter(before)) return isLetter(here)
  return isUpper(here) && (!isUpper(before) || isLower(text.charCodeAt(at + 1)))
}

/** How humps were met. */
export interface HumpMatch {
  /** Humps that gave letters. As many as letters were asked for: `DBHC`, not `DefBuHan`. */
  met: number
  /** Humps passed over between the first and the last that were met. */
  skipped: number
  /** Humps before the first, and after the last that were met. */
  before: number
  after: number
}

/** Longer names have humps that nobody types. */
const MOST = 24
/** Where humps begin in the word being looked at, and how many letters each gave: made once, since thousands of words are looked at a keystroke. */
const starts = new Int32Array(MOST + 1)
const taken = new Int32Array(MOST)

/** How to match. `fromFirst`: only from the first hump on. `singly`: a letter from each hump rather than several, for capitals alone. */
export interface HumpRules {
  fromFirst: boolean
  singly: boolean
}

/**
 * Matches beginnings of humps in their order: `asked` is in small letters. Null when it is not made of them, or of a single one. The match that
 * begins earliest wins.
 */
export function matchHumps(text: string, lower: string, asked: string, { fromFirst, singly }: HumpRules): HumpMatch | null {
  const count = findStarts(text)
  const last = fromFirst ? 1 : count - 1
  for (let first = 0; first < last && first + 1 < count; first++) {
    if (!follow(lower, asked, count, first, 0, false, singly)) continue
    let [met, end] = [0, first]
    for (let hump = first; hump < count; hump++) {
      if (taken[hump] === 0) continue
      met++
      end = hump
    }
    if (met > 1) return { met, skipped: end - first + 1 - met, before: first, after: count - 1 - end }
  }
  return null
}

/** The places of the letters that `matchHumps` met. */
export function humpPlaces(text: string, lower: string, asked: string, rules: HumpRules): number[] {
  if (!matchHumps(text, lower, asked, rules)) return []
  return Array.from({ length: findStarts(text) }, (_, hump) => Array.from({ length: taken[hump] ?? 0 }, (_, at) => (starts[hump] ?? 0) + at)).flat()
}

/** The letters that humps of `text` begin with, as the bits that `bitOf` has for them. */
export function humpMask(text: string, lower: string, bitOf: (code: number) => number): number {
  let mask = 0
  for (let hump = findStarts(text) - 1; hump >= 0; hump--) mask |= bitOf(lower.charCodeAt(starts[hump] as number))
  return mask
}

/** Fills `starts`, and returns how many there are. As `isHumpStart` says, in one walk: it is taken thousands of times a keystroke. */
function findStarts(text: string): number {
  let count = 0
  let before = 0
  for (let at = 0; at < text.length && count < MOST; at++) {
    const here = text.charCodeAt(at)
    const begins = isLetter(before) ? isUpper(here) && (!isUpper(before) || isLower(text.charCodeAt(at + 1))) : at === 0 || isLetter(here)
    if (begins) starts[count++] = at
    before = here
  }
  starts[count] = text.length
  return count
}

/** Takes letters from the hump `hump` on, as many as fit, then fewer, or the other way round. The first hump must give some; others may be passed over. */
function follow(lower: string, asked: string, count: number, hump: number, from: number, mayPass: boolean, singly: boolean): boolean {
  if (from === asked.length) {
    taken.fill(0, hump)
    return true
  }
  if (hump === count) return false
  const start = starts[hump] as number
  const end = starts[hump + 1] as number
  let fits = 0
  while (from + fits < asked.length && start + fits < end && lower.charCodeAt(start + fits) === asked.charCodeAt(from + fits)) fits++
  for (let tried = 1; tried <= fits; tried++) {
    const take = singly ? tried : fits + 1 - tried
    taken[hump] = take
    if (follow(lower, asked, count, hump + 1, from + take, true, singly)) return true
  }
  taken[hump] = 0
  return mayPass && follow(lower, asked, count, hump + 1, from, true, singly)
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

function isLetter(code: number): boolean {
  return isUpper(code) || isLower(code)
}
