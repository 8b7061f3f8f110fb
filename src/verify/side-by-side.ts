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
