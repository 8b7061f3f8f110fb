/** The folder of one backend on this machine: the few files every sandbox sees under /etc, the seccomp filter, and places to mount what lies out of reach. */
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ControlGroups } from './control-groups.ts'
import { isAlive, nameOf, type Owner, ownerIn, thisProcess } from './owner.ts'

const PREFIX = 'follow-the-request-'
/** For the sweep, should this relay be killed: a file named after the first process of each sandbox, and where its control groups are. */
const RUNNING = 'running'
const GROUPS = 'groups.json'

const ETC = {
  passwd: 'root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nlearner:x:1000:1000:learner:/home/learner:/bin/bash\n',
  group: 'root:x:0:\nlearner:x:1000:\n',
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
} as const

export interface Folder {
  path: string
  /** Absolute paths by name below /etc. */
  etc: Readonly<Record<string, string>>
  /** The seccomp filter, ready for `bwrap --seccomp`. */
  filter: string
  /** Writes down the first process of a sandbox's namespace, in case that this relay is killed. What it gives back strikes it out. */
  remember(first: Owner): () => void
  remove(): Promise<void>
}

/** Makes the folder, readable by everyone (a sandbox may run as another user), with the filter that `supervisor` writes. `groups` are where its sandboxes will be. */
export async function makeFolder(supervisor: string, groups: ControlGroups): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), `${PREFIX}${nameOf(thisProcess())}-`))
  await chmod(path, 0o755)
  await mkdir(join(path, RUNNING))
  await writeFile(join(path, GROUPS), JSON.stringify(groups))
  await mkdir(join(path, 'etc'))
  const etc: Record<string, string> = {}
  for (const [name, text] of Object.entries(ETC)) {
    etc[name] = join(path, 'etc', name)
    await writeFile(etc[name], text, { mode: 0o644 })
  }
  const filter = join(path, 'seccomp.bpf')
  const { stdout } = await promisify(execFile)(supervisor, ['seccomp-filter'], { encoding: 'buffer', env: {} })
  await writeFile(filter, stdout, { mode: 0o644 })
  function remember(first: Owner): () => void {
    const file = join(path, RUNNING, nameOf(first))
    try {
      writeFileSync(file, '')
    } catch {
      // A full disk: the sandbox is as good without, and ends with this relay unless a learner saw to it that it does not.
    }
    return () => rmSync(file, { force: true })
  }
  return { path, etc, filter, remember, remove: () => rm(path, { recursive: true, force: true }) }
}

/** What a relay left that was killed. */
export interface Abandoned {
  path: string
  /** First processes of sandboxes' namespaces. Usually they died with the relay. */
  processes: Owner[]
  groups: ControlGroups | null
}

/** Finds the folders of backends that ended without removing them: only this user's, whose word can be taken, only of dead processes. */
export async function findAbandoned(): Promise<Abandoned[]> {
  const found: Abandoned[] = []
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const owner = ownerIn(name.slice(PREFIX.length))
    const path = join(tmpdir(), name)
    if (owner === null || isAlive(owner)) continue
    const stat = await lstat(path).catch(() => null)
    if (!stat?.isDirectory() || stat.uid !== process.getuid?.()) continue
    const names = await readdir(join(path, RUNNING)).catch(() => [])
    const groups = await readFile(join(path, GROUPS), 'utf8').catch(() => 'null')
    found.push({ path, processes: names.map(ownerIn).filter((first) => first !== null), groups: readGroups(groups) })
  }
  return found
}

/** Null also when the relay was killed while it wrote. */
function readGroups(text: string): ControlGroups | null {
  try {
    return JSON.parse(text) as ControlGroups | null
  } catch {
    return null
  }
}
