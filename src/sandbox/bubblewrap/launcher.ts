/** Puts a sandbox's command together for this host: user, reach of the files, limits. */
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Built, Unchanged } from '../../pins/built.ts'
import { SandboxError } from '../sandbox.ts'
import { sandboxCommand, systemdCommand } from './command-line.ts'
import type { ControlGroup, ControlGroups } from './control-groups.ts'
import type { Folder } from './folder.ts'
import { openFilesLimit, readHostEtc, readTopFolders } from './host.ts'
import { TERMINALS } from './limits.ts'
import { direct, forAnotherUser, type Reach } from './reach.ts'

export interface Launcher {
  /** The whole command for one sandbox; with `unchanged`, for one whose API server that is. */
  command(id: string, group: ControlGroup | null, inside: readonly string[], unchanged?: Unchanged | null): Promise<string[]>
  /** Its outer user may be used again. */
  release(id: string): void
}

/** Programs a sandbox needs: the control plane, and what readers type. Without one of them there is nothing to start. */
const NEEDED = [
  ...['supervisor', 'etcd', 'kube-apiserver', 'kube-controller-manager'],
  ...['kubectl', 'etcdctl', 'dlv', 'webhook', 'spans', 'pprof', 'go'],
]

/** Outer users when the relay is root: one for each sandbox, so that even by user id they are strangers to one another. */
const FIRST_USER = 30_000
const USERS = 20_000

const SCRIPT = resolve('src/sandbox/bubblewrap/launch.sh')
const OWN_MOUNTS = ['unshare', '--mount', '--propagation', 'private']
/** What the script takes for pseudo-terminals. */
const OWN_TERMINALS = `devpts=${TERMINALS}`

export async function makeLauncher({ built, folder, groups }: { built: Built; folder: Folder; groups: ControlGroups }): Promise<Launcher> {
  const missing = NEEDED.filter((name) => built.programs[name] === undefined)
  if (missing.length > 0) throw new SandboxError(`These programs are not built: ${missing.join(', ')}.`, 'npm run build')
  const root = process.getuid?.() === 0
  const paths = [...NEEDED.map((name) => built.programs[name] as string), built.source]
  const reachOf = async (wanted: readonly string[], name: string) => (root ? await forAnotherUser(wanted, join(folder.path, name)) : direct(wanted))
  const reach = await reachOf(paths, 'mounts')
  const place = (path: string) => reach.places.get(path) as string
  const common = {
    programs: Object.fromEntries(NEEDED.map((name) => [name, place(built.programs[name] as string)])),
    source: place(built.source),
    released: {},
    etc: folder.etc,
    topFolders: await readTopFolders(),
    hostEtc: await readHostEtc(),
    openFiles: await openFilesLimit(),
    terminals: root ? await ownTerminals(folder) : null,
  }
  const mounts = [...reach.mounts.flat(), ...(common.terminals === null ? [] : [OWN_TERMINALS, common.terminals])]
  const users = new Map<string, number>()
  let unchangedReach: Promise<Reach> | null = null

  /** The same, with the released server in the place of the other, and its own text. */
  async function withUnchanged({ apiServer, released }: Unchanged) {
    unchangedReach ??= reachOf([apiServer, ...released.map(({ path }) => path)], 'mounts-unchanged')
    const { places, mounts: more } = await unchangedReach
    const at = (path: string) => places.get(path) as string
    return {
      mounts: [...mounts, ...more.flat()],
      common: {
        ...common,
        programs: { ...common.programs, 'kube-apiserver': at(apiServer) },
        released: Object.fromEntries(released.map(({ file, path }) => [file, at(path)])),
      },
    }
  }

  async function command(id: string, group: ControlGroup | null, inside: readonly string[], unchanged: Unchanged | null = null): Promise<string[]> {
    const what = unchanged ? await withUnchanged(unchanged) : { mounts, common }
    const user = root ? freeUser(new Set(users.values())) : null
    if (user !== null) users.set(id, user)
    return [
      ...(groups.is === 'systemd' ? systemdCommand(groups.user) : []),
      ...(what.mounts.length > 0 ? OWN_MOUNTS : []),
      ...['sh', SCRIPT, ...(group?.joinFiles ?? []), '--', ...what.mounts, '--'],
      ...sandboxCommand({ ...what.common, user, inside }),
    ]
  }
  return { command, release: (id) => users.delete(id) }
}

/** A folder to mount a sandbox's own pseudo-terminals on, once that was tried; null where root may not. */
async function ownTerminals(folder: Folder): Promise<string | null> {
  const place = join(folder.path, 'terminals')
  await mkdir(place)
  const [program, ...rest] = [...OWN_MOUNTS, 'sh', SCRIPT, '--', OWN_TERMINALS, place, '--', 'true'] as const
  return promisify(execFile)(program as string, rest).then(
    () => place,
    () => null,
  )
}

/** Starts at a place of this process's own, since another relay on this machine counts too. */
function freeUser(used: ReadonlySet<number>): number {
  let user = process.pid % USERS
  while (used.has(FIRST_USER + user)) user = (user + 1) % USERS
  return FIRST_USER + user
}
