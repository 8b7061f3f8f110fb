/** Which lines an address points at: `#L123`, `#L120-L140`. Pure. */

export interface Lines {
  from: number
  to: number
}

/** The lines of a fragment, in order; null when it names none of a file with `count` lines. */
export function linesOf(hash: string, count: number): Lines | null {
  const found = /^#L(\d+)(?:-L?(\d+))?$/.exec(hash)
  if (!found) return null
  const [one, other] = [Number(found[1]), Number(found[2] ?? found[1])]
  const lines = { from: Math.min(one, other), to: Math.max(one, other) }
  return lines.from >= 1 && lines.to <= count ? lines : null
}

/** The fragment of lines. */
export function hashOf({ from, to }: Lines): string {
  return from === to ? `#L${from}` : `#L${from}-L${to}`
}
