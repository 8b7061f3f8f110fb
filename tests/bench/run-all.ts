/** Runs benches one after the other. One that fails costs its own table, never those that follow. */
import type { Bench, Lab } from './bench.ts'
import { table } from './table.ts'

/** Resolves with the names of those that failed, each after its reason was logged. Rejects only when the lab's signal is aborted. */
export async function runAll(benches: Readonly<Record<string, Bench>>, lab: Lab): Promise<string[]> {
  const failed: string[] = []
  for (const [name, bench] of Object.entries(benches)) {
    lab.signal.throwIfAborted()
    lab.log(`\n${name} …`)
    try {
      lab.log(table(bench.title, await bench.run(lab)))
    } catch (error) {
      lab.signal.throwIfAborted()
      lab.log(`${name} failed: ${error instanceof Error ? error.stack : error}`)
      failed.push(name)
    }
  }
  return failed
}
