/** The programs a sandbox borrows from the system: which are missing, and how this system installs them. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SandboxError } from '../sandbox.ts'

/** Package by program. The names are the same in every package manager below. */
const PACKAGES: Readonly<Record<string, string>> = {
  bwrap: 'bubblewrap',
  bash: 'bash',
  curl: 'curl',
  jq: 'jq',
  flock: 'util-linux',
  prlimit: 'util-linux',
  setpriv: 'util-linux',
}

/** How each package manager installs without asking. */
const MANAGERS: Readonly<Record<string, (packages: string) => string>> = {
  'apt-get': (packages) => `apt-get update && apt-get install --yes --no-install-recommends ${packages}`,
  dnf: (packages) => `dnf install --assumeyes ${packages}`,
  pacman: (packages) => `pacman --sync --noconfirm --needed ${packages}`,
  apk: (packages) => `apk add ${packages}`,
  zypper: (packages) => `zypper --non-interactive install ${packages}`,
}

export interface PackagesOptions {
  log: (line: string) => void
  /** Whether this user may install without sudo. */
  root?: boolean
  /** What programs are looked for with; this process's own when not given. */
  environment?: NodeJS.ProcessEnv
  signal?: AbortSignal
}

/** Installs what is missing, as root or with a sudo that asks for no password. Rejects with SandboxError, whose fix is the command to type. */
export async function installPackages({ log, root = process.getuid?.() === 0, environment, signal }: PackagesOptions): Promise<void> {
  const missing = await missingPrograms(environment)
  if (missing.length === 0) return
  const command = await installCommand(missing, environment)
  const names = missing.join(', ')
  if (command === null) {
    throw new SandboxError(`This system lacks ${names}, and no package manager that is known here.`, `Install the packages ${packagesOf(missing)}.`)
  }
  const typed = root ? command : command.replaceAll(/(^|&& )/g, '$1sudo ')
  if (!root && !(await succeeds('sudo -n true', environment))) throw new SandboxError(`This system lacks ${names}.`, typed)
  log(`Installing what a sandbox needs from the system (${names}): ${typed}`)
  try {
    // Debian's packages ask no questions then; other managers do not know the name.
    await promisify(execFile)('/bin/sh', ['-c', `export DEBIAN_FRONTEND=noninteractive; ${typed}`], {
      ...(environment !== undefined && { env: environment }),
      ...(signal !== undefined && { signal }),
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    signal?.throwIfAborted()
    const said = String((error as { stderr?: unknown }).stderr ?? error)
    throw new SandboxError(`${names} could not be installed: ${said.trim().split('\n').slice(-3).join(' ')}`, typed, { cause: error })
  }
  const still = await missingPrograms(environment)
  if (still.length > 0) throw new SandboxError(`After installing ${packagesOf(missing)} there is still no ${still.join(', ')}.`, typed)
}

/** Programs of the table that are not on PATH. */
export async function missingPrograms(environment?: NodeJS.ProcessEnv): Promise<string[]> {
  const missing: string[] = []
  for (const program of Object.keys(PACKAGES)) if (!(await succeeds(`command -v ${program}`, environment))) missing.push(program)
  return missing
}

/** The command of the first package manager there is, or null. */
async function installCommand(programs: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string | null> {
  for (const [manager, command] of Object.entries(MANAGERS)) {
    if (await succeeds(`command -v ${manager}`, environment)) return command(packagesOf(programs))
  }
  return null
}

function packagesOf(programs: readonly string[]): string {
  return [...new Set(programs.map((program) => PACKAGES[program]))].join(' ')
}

async function succeeds(command: string, environment: NodeJS.ProcessEnv | undefined): Promise<boolean> {
  return await promisify(execFile)('/bin/sh', ['-c', command], environment === undefined ? {} : { env: environment }).then(
    () => true,
    () => false,
  )
}
