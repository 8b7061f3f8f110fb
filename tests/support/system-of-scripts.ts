/** A folder of shell scripts that stands for a system: what is in it is installed, and its package manager notes what it is asked. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SystemOfScripts {
  /** The folder, which is all of PATH: scripts may use only built-ins of the shell and absolute paths. */
  readonly bin: string
  readonly environment: NodeJS.ProcessEnv
  /** Installs programs that do nothing. */
  have(...names: string[]): Promise<void>
  program(name: string, script: string): Promise<void>
  /** Installs a package manager that brings these programs whatever package it is asked for. */
  manager(name: string, brings: readonly string[]): Promise<void>
  /** What the package manager was asked until now, a line for each time. */
  asked(): Promise<string[]>
  remove(): Promise<void>
}

/** A sudo that asks for no password. */
export const SUDO_FOR_ALL = '[ "$1" = -n ] || "$@"'

export async function makeSystem(): Promise<SystemOfScripts> {
  const bin = await mkdtemp(join(tmpdir(), 'system-'))
  const notes = join(bin, 'asked')

  async function program(name: string, script: string) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, name), 0o755)
  }

  return {
    bin,
    environment: { PATH: bin },
    program,
    have: async (...names) => {
      for (const name of names) await program(name, '')
    },
    manager: (name, brings) =>
      program(
        name,
        `echo "$*" >> ${notes}
[ "$1" = update ] && exit
for name in ${brings.join(' ')}; do echo '#!/bin/sh' > ${bin}/$name; /bin/chmod +x ${bin}/$name; done`,
      ),
    asked: async () => (await readFile(notes, 'utf8').catch(() => '')).split('\n').filter(Boolean),
    remove: () => rm(bin, { recursive: true }),
  }
}
