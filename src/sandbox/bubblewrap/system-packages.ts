/** The programs a sandbox borrows from the system: which are missing, and the packages that bring them. */
import { SandboxError } from '../sandbox.ts'
import { hasProgram, planInstallation, runInstallation, type System } from './package-manager.ts'

/** Package by program. The names are the same in every package manager that is known here. */
const PACKAGES: Readonly<Record<string, string>> = {
  bwrap: 'bubblewrap',
  bash: 'bash',
  curl: 'curl',
  jq: 'jq',
  // Draws the graphs of pprof.
  dot: 'graphviz',
  flock: 'util-linux',
  prlimit: 'util-linux',
  setpriv: 'util-linux',
}

export interface PackagesOptions extends System {
  log: (line: string) => void
}

/** Installs what is missing, as root or with a sudo that asks for no password. Rejects with SandboxError, whose fix is the command to type. */
export async function installPackages({ log, ...system }: PackagesOptions): Promise<void> {
  const { environment, signal } = system
  const missing = await missingPrograms(environment)
  if (missing.length === 0) return
  const names = missing.join(', ')
  const packages = packagesOf(missing)
  const installation = await planInstallation(packages, system)
  if (installation === null) {
    throw new SandboxError(`This system lacks ${names}, and no package manager that is known here.`, `Install the packages ${packages}.`)
  }
  const { command, allowed } = installation
  if (!allowed) throw new SandboxError(`This system lacks ${names}.`, command)
  log(`Installing what a sandbox needs from the system (${names}): ${command}`)
  try {
    await runInstallation(installation, system)
  } catch (error) {
    signal?.throwIfAborted()
    throw new SandboxError(`${names} could not be installed: ${(error as Error).message}`, command, { cause: error })
  }
  const still = await missingPrograms(environment)
  if (still.length > 0) throw new SandboxError(`After installing ${packages} there is still no ${still.join(', ')}.`, command)
}

/** Programs of the table that are not on PATH. */
export async function missingPrograms(environment?: NodeJS.ProcessEnv): Promise<string[]> {
  const missing: string[] = []
  for (const program of Object.keys(PACKAGES)) if (!(await hasProgram(program, environment))) missing.push(program)
  return missing
}

function packagesOf(programs: readonly string[]): string {
  return [...new Set(programs.map((program) => PACKAGES[program]))].join(' ')
}
