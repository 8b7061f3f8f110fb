/** The exact command that installs the pinned Go on this system. */
import { versions } from './versions.ts'

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * One line for a shell. Distributions package a Go that is too old or name it differently, so that on Linux it is Go's own archive everywhere;
 * `/usr/local/go` is searched without being on PATH. `replace` removes an older Go that is there.
 */
export function goInstallCommand(
  replace: boolean,
  platform = process.platform,
  architecture: string = process.arch,
  root = process.getuid?.() === 0,
): string {
  if (platform === 'darwin') return 'brew install go'
  const name = ARCHITECTURES[architecture]
  if (platform !== 'linux' || name === undefined) return `the installer for your system from https://go.dev/dl/`
  const sudo = root ? '' : 'sudo '
  const remove = replace ? `${sudo}rm -rf /usr/local/go && ` : ''
  return `${remove}curl -fsSL https://go.dev/dl/go${versions().go}.linux-${name}.tar.gz | ${sudo}tar -C /usr/local -xz`
}
