/** The supervisor as something to build: the one program inside a sandbox that is this project's own. */
import { resolve } from 'node:path'
import type { ProgramGroup } from '../pins/built.ts'

export const supervisorProgram: ProgramGroup = {
  name: 'supervisor',
  directory: resolve('src/sandbox/supervisor'),
  packages: { supervisor: '.' },
  patched: false,
}
