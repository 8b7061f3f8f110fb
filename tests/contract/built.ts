/** The programs that `npm run build -- --programs` made, and why there are none. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { buildUnchanged as buildUnchangedIn } from '../../src/pins/build-unchanged.ts'
import type { Built, Unchanged } from '../../src/pins/built.ts'
import { builtAlready } from '../../src/pins/built-already.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import type { Work } from '../../src/sandbox/bubblewrap/shared-work.ts'
import { sandboxPrograms } from '../../src/sandbox/programs.ts'
import { type Backend, SandboxError } from '../../src/sandbox/sandbox.ts'
import { HOST_HAS_SANDBOXES } from '../support/sandboxes.ts'

/** Whether real sandboxes can be had here; `why` is printed with the tests that are skipped. */
export type Possible = { is: 'possible'; built: Built } | { is: 'impossible'; why: string }

/** Where the programs are built: the default of `npm start`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request')
}

/** Opens a backend to find out, and closes it. Rejects where `npm test` has seen that this host can: then it is no reason to skip. */
export async function bubblewrapPossible(): Promise<Possible> {
  try {
    const built = await builtAlready({ groups: sandboxPrograms, cache: cacheFolder() })
    if (built === null) throw new SandboxError('The programs are not built.', 'npm run build -- --programs')
    const backend = await openBubblewrap({ built, log: () => {} })
    await backend.close()
    return { is: 'possible', built }
  } catch (error) {
    if (!(error instanceof SandboxError) || process.env[HOST_HAS_SANDBOXES] !== undefined) throw error
    return { is: 'impossible', why: `${error.message} (${error.fix})` }
  }
}

export function openReal(possible: Possible): Promise<Backend> {
  if (possible.is === 'impossible') throw new Error(possible.why)
  const buildUnchanged: Work<Unchanged> = ({ signal }) => buildUnchangedIn({ cache: cacheFolder(), signal })
  return openBubblewrap({ built: possible.built, buildUnchanged, log: () => {} })
}
