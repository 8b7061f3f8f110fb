/** Finds out whether this host can have sandboxes, installing what they borrow from the system when it may. */
import { checkHost, checkTrial } from '../../src/sandbox/bubblewrap/check-host.ts'
import { startProcess } from '../../src/sandbox/bubblewrap/process.ts'
import { installPackages, type PackagesOptions } from '../../src/sandbox/bubblewrap/system-packages.ts'
import { SandboxError } from '../../src/sandbox/sandbox.ts'

export type Sandboxes = { is: 'found' } | { is: 'missing'; why: string }

/** Set for the stages when the host can have sandboxes: a test that then gets none has failed, and is not skipped. */
export const HOST_HAS_SANDBOXES = 'FTR_HOST_HAS_SANDBOXES'

/**
 * The plainest bwrap with every namespace of a sandbox, as another user when this one is root. Nothing of the project is in it,
 * so that a mistake in how sandboxes are put together is never taken for the host's inability.
 */
const TRIAL = [
  ...(process.getuid?.() === 0 ? ['setpriv', '--reuid=30000', '--regid=30000', '--clear-groups', '--no-new-privs'] : []),
  ...['bwrap', '--unshare-all', '--unshare-user', '--disable-userns', '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', 'true'],
]

/** Only the host's inability is a reason to do without; whatever else goes wrong is thrown. */
export async function findSandboxes(options: PackagesOptions): Promise<Sandboxes> {
  try {
    // Elsewhere the system itself is what is in the way, not its packages.
    if (process.platform === 'linux') await installPackages(options)
    await checkHost()
    const trial = startProcess(TRIAL, '/dev/null')
    await checkTrial(trial).finally(trial.end)
    return { is: 'found' }
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error
    return { is: 'missing', why: `${error.message} Try: ${error.fix}` }
  }
}
