/** One mistake in a word: a letter too many, too few or another one, or two that changed places. */

/** Where a word meets what was asked for with one mistake. */
export interface TypoMatch {
  from: number
  to: number
}

/** What is asked for, cut in halves once: a mistake is in one of them, so the other stands in a word as it is. */
export interface TypoPlan {
  length: number
  head: string
  tail: string
  /** The two letters between the halves in the other order, which touches both; empty when they are the same. */
  swapped: string
}

/** Shorter words have too many neighbours. */
const SHORTEST = 4

/** The plan for `asked`, in small letters; null when it is too short. */
export function typoPlan(asked: string): TypoPlan | null {
  if (asked.length < SHORTEST) return null
  const half = asked.length >> 1
  const swapped = asked[half] === asked[half - 1] ? '' : asked.slice(0, half - 1) + asked[half] + asked[half - 1] + asked.slice(half + 1)
  return { length: asked.length, head: asked.slice(0, half), tail: asked.slice(half), swapped }
}

/** Finds it in `word`, in small letters, with exactly one mistake; null when it is not there. The first letter is right: else anything would be found. */
export function matchTypo(word: string, { length, head, tail, swapped }: TypoPlan): TypoMatch | null {
  if (word.length < length - 1) return null
  for (let at = word.indexOf(head); at >= 0; at = word.indexOf(head, at + 1)) {
    const end = endOfRest(word, at + head.length, tail)
    if (end >= 0) return { from: at, to: end }
  }
  for (let at = word.indexOf(tail, 1); at >= 0; at = word.indexOf(tail, at + 1)) {
    const start = startOfRest(word, at, head)
    if (start >= 0) return { from: start, to: at + tail.length }
  }
  const at = swapped === '' ? -1 : word.indexOf(swapped)
  return at < 0 ? null : { from: at, to: at + length }
}

/** Where `rest` ends that begins at `from` with one mistake; -1 when it does not. */
function endOfRest(word: string, from: number, rest: string): number {
  let same = 0
  while (same < rest.length && word[from + same] === rest[same]) same++
  const left = rest.length - same
  if (left === 0) return -1
  const at = from + same
  // Another letter, one too few, one too many, two in the wrong order.
  if (at < word.length && word.startsWith(rest.slice(same + 1), at + 1)) return at + left
  if (word.startsWith(rest.slice(same), at + 1)) return at + 1 + left
  if (word.startsWith(rest.slice(same + 1), at)) return at + left - 1
  if (left > 1 && word[at] === rest[same + 1] && word[at + 1] === rest[same] && word.startsWith(rest.slice(same + 2), at + 2)) return at + left
  return -1
}

/** Where `rest` begins that ends just before `to` with one mistake, after its first letter; -1 when it does not. */
function startOfRest(word: string, to: number, rest: string): number {
  let same = 0
  while (same < rest.length && word[to - 1 - same] === rest[rest.length - 1 - same]) same++
  const left = rest.length - same
  if (left === 0) return -1
  const end = to - same
  const fits = (length: number, shift: number) => end - shift - length >= 0 && word.endsWith(rest.slice(0, length), end - shift)
  const first = left === 1
  if (!first && fits(left - 1, 1)) return end - left
  if (fits(left, 1)) return end - 1 - left
  if (!first && fits(left - 1, 0)) return end - left + 1
  if (left > 2 && word[end - 1] === rest[left - 2] && word[end - 2] === rest[left - 1] && fits(left - 2, 2)) return end - left
  return -1
}
