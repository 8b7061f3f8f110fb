/** What the relay says of its build, as it says it. One connection, however many listen. */
import type { Status } from '../protocol/messages.ts'

export type StatusListener = (status: Status) => void

const listeners = new Set<StatusListener>()
let source: EventSource | null = null
let last: Status | null = null

/** Whether a relay serves this page. A page on a static host must never try to connect. */
export function hasRelay(): boolean {
  return document.documentElement.dataset.relay !== undefined
}

/** The last word of the relay; null before the first, or without a relay. */
export function lastStatus(): Status | null {
  return last
}

/** Calls `listener` now with the last status, if there is one, and with each that comes. Returns how to stop. */
export function watchStatus(listener: StatusListener): () => void {
  listeners.add(listener)
  if (last) listener(last)
  if (listeners.size === 1 && hasRelay()) {
    document.addEventListener('visibilitychange', listen)
    listen()
  }
  return () => listeners.delete(listener)
}

/** Listens while the page can be seen: a browser opens six connections to a relay at most, and six forgotten tabs would starve the seventh. */
function listen(): void {
  if (document.hidden) {
    source?.close()
    source = null
    return
  }
  // EventSource connects again by itself.
  source ??= new EventSource('/api/status')
  source.onmessage = ({ data }) => {
    last = JSON.parse(data) as Status
    for (const each of listeners) each(last)
  }
}
