/** Runs jobs next to each other, a few at a time, in the order given. */

/** Results in the order of `jobs`. Rejects with the first error, after the jobs under way have ended; no further one is begun then. */
export async function sideBySide<Job, Result>(jobs: readonly Job[], atOnce: number, run: (job: Job) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  let failed: { error: unknown } | null = null
  async function work() {
    for (let at = next++; at < jobs.length && !failed; at = next++) {
      try {
        results[at] = await run(jobs[at] as Job)
      } catch (error) {
        failed ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, work))
  if (failed) throw (failed as { error: unknown }).error
  return results
}

/** Bytes that a sandbox with Delve in it takes at its widest, with what verify keeps of it. */
const SANDBOX_BYTES = 1_000_000_000

/**
 * How many walks to run side by side on a machine with so many cores and bytes of available memory. Three for each core: half of a walk's
 * time is waiting (on two cores a quarter and more of them was idle with three at once, 14 % with five, 8 % with six).
 */
export function atOnceOn({ cores, bytes }: { cores: number; bytes: number }): number {
  return Math.max(1, Math.min(3 * cores, Math.floor(bytes / SANDBOX_BYTES)))
}
