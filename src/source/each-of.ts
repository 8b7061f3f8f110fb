/** Does something with each of many files, some at a time. */

/** Files that are worked on at once. */
const AT_ONCE = 32

/**
 * Calls `work` with each of `all`. When one fails, or `signal` aborts, the others end before it is told: whoever then removes the folder must not
 * have files come back into it.
 */
export async function eachOf<Entry>(all: readonly Entry[], signal: AbortSignal | undefined, work: (entry: Entry) => Promise<void>): Promise<void> {
  const waiting = [...all].reverse()
  const worker = async () => {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      signal?.throwIfAborted()
      await work(entry)
    }
  }
  const stop = (error: unknown) => {
    waiting.length = 0
    throw error
  }
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => worker().catch(stop)))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}
