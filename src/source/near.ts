/** Finds what an author probably meant, for error messages. */

/** Below this likeness a candidate is no help. */
const ALIKE = 0.3

/** At most three candidates that look most like `text`, best first; likeness is the share of pairs of letters in common (Dice). */
export function near(text: string, candidates: Iterable<string>): string[] {
  const pairs = pairsOf(text)
  const scored = [...new Set(candidates)].map((candidate) => ({ candidate, likeness: likeness(pairs, pairsOf(candidate)) }))
  const alike = scored.filter((entry) => entry.likeness >= ALIKE).sort((one, other) => other.likeness - one.likeness)
  return alike.slice(0, 3).map((entry) => entry.candidate)
}

function pairsOf(text: string): string[] {
  const letters = text.toLowerCase().replace(/\s/g, '')
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2))
}

function likeness(some: readonly string[], others: readonly string[]): number {
  const left = [...others]
  let common = 0
  for (const pair of some) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    left.splice(at, 1)
    common++
  }
  return (2 * common) / Math.max(1, some.length + others.length)
}
