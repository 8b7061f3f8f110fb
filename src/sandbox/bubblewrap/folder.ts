/** The folder of one backend on this machine: the few files every sandbox sees under /etc, the seccomp filter, and places to mount what lies out of reach. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isAlive, nameOf, ownerIn, thisProcess } from './owner.ts'

const PREFIX = 'follow-the-request-'

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
  remove(): Promise<void>
}

/** Makes the folder, readable by everyone (a sandbox may run as another user), with the filter that `supervisor` writes. */
export async function makeFolder(supervisor: string): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), `${PREFIX}${nameOf(thisProcess())}-`))
  await chmod(path, 0o755)
  await mkdir(join(path, 'etc'))
  const etc: Record<string, string> = {}
  for (const [name, text] of Object.entries(ETC)) {
    etc[name] = join(path, 'etc', name)
    await writeFile(etc[name], text, { mode: 0o644 })
  }
  const filter = join(path, 'seccomp.bpf')
  const { stdout } = await promisify(execFile)(supervisor, ['seccomp-filter'], { encoding: 'buffer', env: {} })
  await writeFile(filter, stdout, { mode: 0o644 })
  return { path, etc, filter, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Removes the folders of backends that ended without doing so: only this user's, only of dead processes. Returns their names. */
export async function sweepFolders(): Promise<string[]> {
  const swept: string[] = []
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const owner = ownerIn(name.slice(PREFIX.length))
    const path = join(tmpdir(), name)
    if (owner === null || isAlive(owner)) continue
    const { uid } = await stat(path).catch(() => ({ uid: -1 }))
    if (uid !== process.getuid?.()) continue
    await rm(path, { recursive: true, force: true })
    swept.push(path)
  }
  return swept
}
