/**
 * Tries the plainest bwrap with every namespace of a sandbox: it needs nothing that is built, so that a host that can make no sandbox is
 * told before minutes of building. Nothing of the project is in it: a mistake in how sandboxes are put together is not taken for the host's.
 */
import { checkHost, checkTrial } from './check-host.ts'
import { readTopFolders } from './host.ts'
import { startProcess } from './process.ts'

/** As root a sandbox runs as another user, whom a host may forbid more. */
const AS_ANOTHER = ['setpriv', '--reuid=30000', '--regid=30000', '--clear-groups', '--no-new-privs']
const NAMESPACES = ['user', 'pid', 'net', 'ipc', 'uts', 'cgroup'].map((name) => `--unshare-${name}`)

/** Throws SandboxError with what stands in the way, and the remedy. */
export async function tryHost(): Promise<void> {
  await checkHost()
  const folders = (await readTopFolders()).flatMap((top) =>
    top.is === 'link' ? ['--symlink', top.target, top.path] : ['--ro-bind', top.path, top.path],
  )
  const trial = startProcess(
    [
      ...(process.getuid?.() === 0 ? AS_ANOTHER : []),
      ...['bwrap', ...NAMESPACES, '--disable-userns', '--ro-bind', '/usr', '/usr', ...folders, '--proc', '/proc', '--dev', '/dev', 'true'],
    ],
    '/dev/null',
  )
  await checkTrial(trial).finally(trial.end)
}
