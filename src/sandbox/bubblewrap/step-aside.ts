/**
 * Control groups version 2 allow limits only below a group that holds no process itself. In a container all of its processes share one
 * group, this one among them: they step aside into a group of their own, and back when the last relay leaves.
 */
import { access, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

const ASIDE = 'follow-the-request-relay'
const CONTROLLERS = ['memory', 'pids', 'cpu']
/** New processes may start while others are moved; this many rounds are enough for any that do not start without end. */
const ROUNDS = 10

/** The group whose processes step aside: that of `own`, also when a relay that runs, or died, has moved them already. */
export function groupOf(own: string): string {
  return basename(own) === ASIDE ? dirname(own) : own
}

/** Has a group limit those below it. Its processes step aside only if `mayMove`, since most of them may be others'. */
export async function passOnControllers(folder: string, { mayMove }: { mayMove: boolean }): Promise<void> {
  // Only the root of all groups, which this file is not in, may hold processes and limit groups at once.
  const isRoot = !(await isThere(join(folder, 'cgroup.events')))
  if (mayMove && !isRoot && (await processesIn(folder)).length > 0) await stepAside(folder)
  await control(folder, '+')
}

async function stepAside(folder: string): Promise<void> {
  const aside = join(folder, ASIDE)
  await mkdir(aside, { recursive: true })
  await move(folder, aside)
}

/** Undoes that: nothing is limited any more, and all are back in their group. Without effect where nobody stepped aside. */
export async function stepBack(folder: string): Promise<void> {
  const aside = join(folder, ASIDE)
  if (!(await isThere(aside))) return
  try {
    await control(folder, '-').catch(() => {})
    await move(aside, folder)
    await rmdir(aside)
  } catch {
    // Someone else limits groups here by now, or what was allowed is no longer. The next relay finds the group as it is.
  }
}

async function control(folder: string, sign: '+' | '-'): Promise<void> {
  await writeFile(join(folder, 'cgroup.subtree_control'), CONTROLLERS.map((controller) => sign + controller).join(' '))
}

/** Moves every process; those that end meanwhile need not be moved. */
async function move(from: string, to: string): Promise<void> {
  const moved = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const left = (await processesIn(from)).filter((id) => !moved.has(id))
    if (left.length === 0) return
    for (const id of left) {
      moved.add(id)
      // The kernel takes one id at a time, and does not mind where in the file it is written.
      await writeFile(join(to, 'cgroup.procs'), `${id}\n`, { flag: 'a' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ESRCH') throw error
      })
    }
  }
}

async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readFile(join(folder, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean)
  // 0 stands for a process outside of this pid namespace, and would be taken for whoever writes it.
  return ids.filter((id) => id !== '0')
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
