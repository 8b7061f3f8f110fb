/** Does something when the browser has time, at the latest after a second. */
export function whenIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 1_000 })
  else setTimeout(work, 50)
}

/** A function that does `work` when the browser has time, for what it was called with last: while a reader scrolls, most of it would be for nothing. */
export function latestWhenIdle<Of>(work: (of: Of) => void): (of: Of) => void {
  let latest: { of: Of } | null = null
  return (of) => {
    const waiting = latest !== null
    latest = { of }
    if (waiting) return
    whenIdle(() => {
      const now = latest
      latest = null
      if (now) work(now.of)
    })
  }
}
