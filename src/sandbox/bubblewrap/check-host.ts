/** Checks that this host can run sandboxes, by running one, and says what to do when it cannot. */

import { SandboxError } from '../sandbox.ts'
import { bwrapVersion, missingPrograms, readSettings } from './host.ts'
import { bwrapObstacle, type HostSettings, namespaceObstacle, type Obstacle, ptraceObstacle } from './host-settings.ts'
import type { SandboxProcess } from './process.ts'

/** Programs of this host that a sandbox is made with. */
const TOOLS = ['sh', 'env', 'prlimit', 'setpriv', 'unshare', 'mount', 'bash'] as const

/** What can be seen without trying. Throws SandboxError. */
export async function checkHost(): Promise<void> {
  if (process.platform !== 'linux')
    throw refusal({ what: `Sandboxes need Linux; this is ${process.platform}.`, fix: 'read the recorded walks here, or run this on Linux' })
  const obstacle = bwrapObstacle(await bwrapVersion()) ?? ptraceObstacle(await readSettings())
  if (obstacle) throw refusal(obstacle)
  const missing = await missingPrograms(TOOLS)
  if (missing.length > 0) {
    throw refusal({ what: `These programs are not installed: ${missing.join(', ')}.`, fix: 'sudo apt-get install bash coreutils util-linux mount' })
  }
}

/** Waits for a trial sandbox, whose program says one line and ends. `settings` are this host's when not given. Throws SandboxError with what stands in the way. */
export async function checkTrial(trial: Pick<SandboxProcess, 'ended'>, settings?: HostSettings): Promise<void> {
  const { code, said } = await trial.ended
  if (code === 0) return
  const known = namespaceObstacle(settings ?? (await readSettings()))
  throw refusal(
    known
      ? { what: `${known.what} bwrap said: ${said}`, fix: known.fix }
      : {
          what: `bubblewrap cannot make a sandbox on this host (code ${code}). It said: ${said || 'nothing'}`,
          fix: 'in a container, allow user namespaces and mounts (docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN), or run outside of it',
        },
  )
}

function refusal({ what, fix }: Obstacle): SandboxError {
  return new SandboxError(what, fix)
}
