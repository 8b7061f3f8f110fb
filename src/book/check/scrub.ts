/** Takes out of a tool's words what changes from run to run: addresses, goroutine and process numbers, unique ids, times, digests of keys, ids of traces, a client's port. */

/** A unique id, perhaps cut short: Delve shows the beginnings of long values. A Go module's version, `v0.0.0-20260101000000-0123456789ab`, is none. */
const UID = '(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}(?:-[0-9a-f]{1,12})*'
const TIME = String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?(?: UTC)?(?: m=[+-][\d.]+)?`
const VOLATILE = new RegExp(
  [
    `(?<uid>${UID})`,
    `(?<time>${TIME})`,
    // How klog begins a line: severity, month and day, time, thread.
    String.raw`\b[IWEF](?<klog>\d{4} \d{2}:\d{2}:\d{2}\.\d{6} +\d+)`,
    '0x(?<address>[0-9a-f]{5,})',
    'PC: (?<counter>[0-9a-f]{5,})',
    'SHA256=(?<digest>[0-9a-f]{8,})',
    String.raw`\btrace (?<trace>[0-9a-f]{32})\b`,
    // The kernel gives clients ports of five digits; the server's own stays.
    String.raw`127\.0\.0\.1:(?<port>\d{5})\b`,
    String.raw`[Gg]oroutine[ (](?<goroutine>\d+)`,
    String.raw`(?:[Tt]hread|pid|PID|Process) (?<process>\d+)`,
  ].join('|'),
  'gd',
)

/** A stretch of text that changes from run to run, and what stands for it. */
export interface Volatile {
  from: number
  to: number
  instead: string
}

/** Finds what changes in `text`, in order. `goroutine` names goroutines; without it they are all `N`. */
export function volatile(text: string, goroutine: (id: number) => string = () => 'N'): Volatile[] {
  const found: Volatile[] = []
  for (const match of text.matchAll(VOLATILE)) {
    for (const [kind, place] of Object.entries(match.indices?.groups ?? {})) {
      if (!place) continue
      const [from, to] = place
      found.push({ from, to, instead: kind === 'goroutine' ? goroutine(Number(text.slice(from, to))) : kind === 'process' ? 'N' : '…' })
    }
  }
  return found
}

/** The same text with `…` or a name for all that changes. */
export function scrub(text: string, goroutine?: (id: number) => string): string {
  let scrubbed = ''
  let at = 0
  for (const { from, to, instead } of volatile(text, goroutine)) {
    scrubbed += text.slice(at, from) + instead
    at = to
  }
  return scrubbed + text.slice(at)
}
