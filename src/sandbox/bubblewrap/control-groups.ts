/** Limits on memory, processes and CPU: which of the kernel's ways this host allows, and one group for each sandbox. */
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CPU_PERCENT, MEMORY, PROCESSES, SOCKETS } from './limits.ts'
import { isAlive, nameOf, ownerIn, thisProcess } from './owner.ts'
import { groupOf, passOnControllers, stepBack } from './step-aside.ts'

/** How this host limits sandboxes. `folders` are this project's own; each sandbox gets one below each. */
export type ControlGroups =
  | { is: 'v2'; folders: readonly string[] }
  | { is: 'v1'; folders: readonly string[] }
  | { is: 'systemd'; user: number }
  | { is: 'none'; why: string }

/** The group of one sandbox. */
export interface ControlGroup {
  /** A process joins by writing its id to each. */
  joinFiles: readonly string[]
  /** Kills what is still in it and removes it. */
  remove(): Promise<void>
}

const OURS = 'follow-the-request'
/** Microseconds; the usual period. */
const PERIOD = 100_000
/** A killed process may take a moment to be gone, and no version 1 group tells when. */
const REMOVE_TRIES = 200
const REMOVE_EVERY_MS = 10

/** Files that hold a limit, by version. Some kernels have no swap accounting: its file is written only where it is. */
const LIMITS: Record<'v1' | 'v2', readonly { file: string; value: string; optional?: true }[]> = {
  v2: [
    { file: 'memory.max', value: String(MEMORY) },
    { file: 'memory.swap.max', value: '0', optional: true },
    { file: 'pids.max', value: String(PROCESSES) },
    { file: 'cpu.max', value: `${(CPU_PERCENT / 100) * PERIOD} ${PERIOD}` },
  ],
  v1: [
    { file: 'memory.limit_in_bytes', value: String(MEMORY) },
    { file: 'memory.memsw.limit_in_bytes', value: String(MEMORY), optional: true },
    // Version 2 counts what waits in sockets as memory; version 1 has a limit of its own for it.
    { file: 'memory.kmem.tcp.limit_in_bytes', value: String(SOCKETS), optional: true },
    { file: 'pids.max', value: String(PROCESSES) },
    { file: 'cpu.cfs_period_us', value: String(PERIOD) },
    { file: 'cpu.cfs_quota_us', value: String((CPU_PERCENT / 100) * PERIOD) },
  ],
}

/** Makes a group with all limits for one sandbox; null where groups are systemd's or there are none. */
export async function makeControlGroup(groups: ControlGroups, name: string): Promise<ControlGroup | null> {
  if (groups.is === 'systemd' || groups.is === 'none') return null
  const folders = groups.folders.map((folder) => join(folder, `${nameOf(thisProcess())}-${name}`))
  for (const folder of groups.folders) await makeOurs(groups.is, folder)
  for (const folder of folders) await mkdir(folder)
  const group = { joinFiles: folders.map((folder) => join(folder, 'cgroup.procs')), remove: () => removeAll(folders) }
  try {
    for (const limit of LIMITS[groups.is]) await setLimit(folders, limit)
    return group
  } catch (error) {
    await group.remove()
    throw error
  }
}

/** Makes this project's own folder, unless it is there: another relay that ended may have taken it away. */
async function makeOurs(version: 'v1' | 'v2', folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (version === 'v2') await writeFile(join(folder, 'cgroup.subtree_control'), '+memory +pids +cpu')
}

/** Why a folder stays: another relay has sandboxes in it, there is none, or another user made it. */
const STAYS: readonly (string | undefined)[] = ['EBUSY', 'ENOTEMPTY', 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS']

/** Removes this project's own folders and steps back, unless another relay needs them. */
export async function leaveControlGroups(groups: ControlGroups): Promise<void> {
  if (groups.is === 'systemd' || groups.is === 'none') return
  for (const folder of groups.folders) {
    if (groups.is === 'v2') await removeIfFree(presenceIn(folder))
    const isGone = await removeIfFree(folder)
    if (groups.is === 'v2' && isGone) await stepBack(dirname(folder))
  }
}

/** Whether it is gone then. */
async function removeIfFree(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!STAYS.includes(code)) throw error
    return code === 'ENOENT'
  }
}

/** Writes a limit into the one folder that has its file. */
async function setLimit(folders: readonly string[], { file, value, optional }: { file: string; value: string; optional?: true }): Promise<void> {
  for (const folder of folders) {
    if (!(await readdir(folder)).includes(file)) continue
    await writeFile(join(folder, file), value)
    return
  }
  if (!optional) throw new Error(`no control group has ${file}`)
}

async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await remove(folder)
}

async function remove(folder: string): Promise<void> {
  for (let tries = 0; tries < REMOVE_TRIES; tries++) {
    try {
      await rmdir(folder)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return
      if (code !== 'EBUSY') throw error
    }
    await killAll(folder)
    await delay(REMOVE_EVERY_MS)
  }
  throw new Error(`${folder} could not be removed: a process in it does not die`)
}

async function killAll(folder: string): Promise<void> {
  const ids = (await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number)
  for (const id of ids) {
    try {
      // 0: a process that this pid namespace cannot see.
      if (id > 1) process.kill(id, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}

/** Removes the groups of sandboxes whose relay is dead, and kills what runs in them. Returns their paths. */
export async function sweepControlGroups(groups: ControlGroups): Promise<string[]> {
  if (groups.is === 'systemd' || groups.is === 'none') return []
  const swept: string[] = []
  for (const folder of groups.folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      const owner = ownerIn(name)
      if (owner === null || isAlive(owner)) continue
      await remove(join(folder, name))
      swept.push(join(folder, name))
    }
  }
  return swept
}

/** Tries the ways in order: control groups version 2, version 1, systemd. */
export async function chooseControlGroups(hierarchies: readonly Hierarchy[], systemd: { user: number } | null): Promise<ControlGroups> {
  const why: string[] = []
  const second = hierarchies.find((hierarchy) => hierarchy.version === 2)
  if (second) {
    const folder = groupOf(second.folder)
    const groups: ControlGroups = { is: 'v2', folders: [join(folder, OURS)] }
    // Where systemd can be asked, nobody has to be moved.
    const problem = await prepareSecond(folder, systemd === null)
    if (problem === null) return groups
    why.push(`version 2: ${problem}`)
    await leaveControlGroups(groups)
  }
  const first = ['memory', 'pids', 'cpu'].map((controller) =>
    hierarchies.find((hierarchy) => hierarchy.version === 1 && hierarchy.controllers.includes(controller)),
  )
  if (first.every((hierarchy) => hierarchy !== undefined)) {
    const groups: ControlGroups = { is: 'v1', folders: [...new Set(first.map((hierarchy) => join(hierarchy.folder, OURS)))] }
    const problem = await attempt(async () => {
      // A folder that can be made is not always one that processes may join.
      await makeControlGroup(groups, 'trial').then((group) => group?.remove())
    })
    if (problem === null) return groups
    why.push(`version 1: ${problem}`)
    await leaveControlGroups(groups)
  }
  if (systemd) return { is: 'systemd', user: systemd.user }
  return { is: 'none', why: why.join('; ') || 'this host has no control groups' }
}

async function prepareSecond(folder: string, mayMove: boolean): Promise<string | null> {
  return attempt(async () => {
    const controllers = (await readFile(join(folder, 'cgroup.controllers'), 'utf8')).split(/\s+/)
    const missing = ['memory', 'pids', 'cpu'].filter((controller) => !controllers.includes(controller))
    if (missing.length > 0) throw new Error(`no ${missing.join(', ')} controller in ${folder}`)
    await passOnControllers(folder, { mayMove })
    await makeControlGroup({ is: 'v2', folders: [join(folder, OURS)] }, 'trial').then((group) => group?.remove())
    await mkdir(presenceIn(join(folder, OURS)), { recursive: true })
  })
}

/** A group without processes that is there as long as this relay is, so that another that leaves does not undo what both need. */
function presenceIn(folder: string): string {
  return join(folder, `${nameOf(thisProcess())}-relay`)
}

async function attempt(what: () => Promise<void>): Promise<string | null> {
  try {
    await what()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** A mounted hierarchy of control groups, and this process's own folder in it. */
export interface Hierarchy {
  version: 1 | 2
  /** Version 1 only. */
  controllers: readonly string[]
  folder: string
}

/** Reads the hierarchies from the texts of /proc/self/mountinfo and /proc/self/cgroup. */
export function readHierarchies(mountinfo: string, own: string): Hierarchy[] {
  const paths = own
    .trim()
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, controllers, path]) => ({ controllers: controllers as string, path: path as string }))
  const found: Hierarchy[] = []
  for (const line of mountinfo.trim().split('\n')) {
    const [before, after] = line.split(' - ')
    const [, , , root, mountPoint] = (before ?? '').split(' ')
    const [type, , options] = (after ?? '').split(' ')
    if (root === undefined || mountPoint === undefined) continue
    const path = paths.find(({ controllers }) =>
      type === 'cgroup2' ? controllers === '' : type === 'cgroup' && (options ?? '').split(',').includes(controllers.split(',')[0] as string),
    )
    if (!path) continue
    const folder = join(mountPoint, root === '/' ? path.path : path.path.replace(root, ''), '.')
    found.push({ version: type === 'cgroup2' ? 2 : 1, controllers: path.controllers.split(',').filter(Boolean), folder })
  }
  return found
}
