/** How this system installs packages: which package manager it has, in what words that is asked, and whether this user may. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** How each package manager installs without asking. */
const MANAGERS: Readonly<Record<string, (packages: string) => string>> = {
  'apt-get': (packages) => `apt-get update && apt-get install --yes --no-install-recommends ${packages}`,
  dnf: (packages) => `dnf install --assumeyes ${packages}`,
  pacman: (packages) => `pacman --sync --noconfirm --needed ${packages}`,
  apk: (packages) => `apk add ${packages}`,
  zypper: (packages) => `zypper --non-interactive install ${packages}`,
}

export interface System {
  /** Whether this user may install without sudo. */
  root?: boolean
  /** What programs are looked for with; this process's own when not given. */
  environment?: NodeJS.ProcessEnv
  signal?: AbortSignal
}

/** What to type, with sudo where it takes that, and whether it asks for no password, so that it can be run from here. */
export interface Installation {
  command: string
  allowed: boolean
}

/** How the first package manager there is installs these packages (names by spaces); null when none is known here. */
export async function planInstallation(packages: string, { root = process.getuid?.() === 0, environment }: System): Promise<Installation | null> {
  for (const [manager, install] of Object.entries(MANAGERS)) {
    if (!(await hasProgram(manager, environment))) continue
    const command = install(packages)
    if (root) return { command, allowed: true }
    return { command: command.replaceAll(/(^|&& )/g, '$1sudo '), allowed: await succeeds('sudo -n true', environment) }
  }
  return null
}

/** Runs an allowed installation. Rejects with its last words. */
export async function runInstallation({ command }: Installation, { environment, signal }: System): Promise<void> {
  try {
    // Debian's packages ask no questions then; other managers do not know the name.
    await promisify(execFile)('/bin/sh', ['-c', `export DEBIAN_FRONTEND=noninteractive; ${command}`], {
      ...(environment !== undefined && { env: environment }),
      ...(signal !== undefined && { signal }),
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    signal?.throwIfAborted()
    const said = String((error as { stderr?: unknown }).stderr || error)
    throw new Error(said.trim().split('\n').slice(-3).join(' '), { cause: error })
  }
}

/** Whether a program is on PATH. */
export function hasProgram(name: string, environment?: NodeJS.ProcessEnv): Promise<boolean> {
  return succeeds(`command -v ${name}`, environment)
}

async function succeeds(command: string, environment: NodeJS.ProcessEnv | undefined): Promise<boolean> {
  return await promisify(execFile)('/bin/sh', ['-c', command], environment === undefined ? {} : { env: environment }).then(
    () => true,
    () => false,
  )
}
