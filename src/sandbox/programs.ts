/** Everything a sandbox runs: the pinned programs, and those of this project's own that are no part of a pinned module. */
import { resolve } from 'node:path'
import type { ProgramGroup } from '../pins/built.ts'
import { delvePrograms, kubernetesPrograms, pprofPrograms } from '../pins/groups.ts'

/** The first program inside a sandbox, which starts the others. */
const supervisorProgram: ProgramGroup = {
  name: 'supervisor',
  directory: resolve('src/sandbox/supervisor'),
  packages: { supervisor: '.' },
  debugged: false,
  patched: false,
}

/** An admission webhook for the API server to call. */
const webhookProgram: ProgramGroup = {
  name: 'webhook',
  directory: resolve('src/sandbox/webhook'),
  packages: { webhook: '.' },
  debugged: false,
  patched: false,
}

/** What is built first is soonest there: the long one comes last. */
export const sandboxPrograms: readonly ProgramGroup[] = [supervisorProgram, webhookProgram, delvePrograms, pprofPrograms, kubernetesPrograms]
