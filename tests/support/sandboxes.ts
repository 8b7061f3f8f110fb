/** Finds out whether this host can have sandboxes, installing what they borrow from the system when it may. */
import { tryHost } from '../../src/sandbox/bubblewrap/plain-trial.ts'
import { installPackages, type PackagesOptions } from '../../src/sandbox/bubblewrap/system-packages.ts'
import { SandboxError } from '../../src/sandbox/sandbox.ts'

export type Sandboxes = { is: 'found' } | { is: 'missing'; why: string }

/** Set for the stages when the host can have sandboxes: a test that then gets none has failed, and is not skipped. */
export const HOST_HAS_SANDBOXES = 'FTR_HOST_HAS_SANDBOXES'

/** Only the host's inability is a reason to do without; whatever else goes wrong is thrown. */
export async function findSandboxes(options: PackagesOptions): Promise<Sandboxes> {
  try {
    // Elsewhere the system itself is what is in the way, not its packages.
    if (process.platform === 'linux') await installPackages(options)
    await tryHost()
    return { is: 'found' }
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error
    return { is: 'missing', why: `${error.message} Try: ${error.fix}` }
  }
}
