/** Processes of this machine, as /proc shows them. */
import { readdir, readFile } from 'node:fs/promises'

/** Children of a process, and theirs. */
export async function descendants(of: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null) : null
    // The second field is the program's name in parentheses and may hold anything.
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const found = [of]
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child)
  return found.slice(1)
}

/** Those that still run; a zombie does not. */
export async function running(processes: readonly number[]): Promise<number[]> {
  const states = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)))
  return processes.filter((_, index) => states[index] !== null && !/\) Z /.test(states[index] as string))
}
