/** Reads the host's settings that decide whether sandboxes work, and names the remedy for each. Pure: the settings are given as text. */

/** Contents of files below /proc/sys by their dotted name; null when there is no such file. */
export interface HostSettings {
  'kernel.unprivileged_userns_clone': string | null
  'user.max_user_namespaces': string | null
  'kernel.apparmor_restrict_unprivileged_userns': string | null
  'kernel.yama.ptrace_scope': string | null
}

export const SETTINGS = [
  'kernel.unprivileged_userns_clone',
  'user.max_user_namespaces',
  'kernel.apparmor_restrict_unprivileged_userns',
  'kernel.yama.ptrace_scope',
] as const satisfies readonly (keyof HostSettings)[]

/** What is in the way, and what to type about it. */
export interface Obstacle {
  what: string
  fix: string
}

const permanent = (setting: string) => `sudo sysctl -w ${setting} (to keep it: echo '${setting}' | sudo tee /etc/sysctl.d/60-follow-the-request.conf)`

/** Why a sandbox's namespaces could not be made, from most to least telling; null when no setting explains it. */
export function namespaceObstacle(settings: HostSettings): Obstacle | null {
  if (settings['kernel.unprivileged_userns_clone']?.trim() === '0') {
    return {
      what: 'This host allows user namespaces to root only (kernel.unprivileged_userns_clone is 0).',
      fix: permanent('kernel.unprivileged_userns_clone=1'),
    }
  }
  const most = settings['user.max_user_namespaces']?.trim()
  // --disable-userns needs a second namespace inside the first.
  if (most !== undefined && Number(most) < 2) {
    return { what: `This host allows ${most} user namespaces (user.max_user_namespaces).`, fix: permanent('user.max_user_namespaces=15000') }
  }
  if (settings['kernel.apparmor_restrict_unprivileged_userns']?.trim() === '1') {
    return {
      what: 'AppArmor forbids user namespaces to programs without a profile (kernel.apparmor_restrict_unprivileged_userns is 1), and bwrap has none.',
      fix: [
        "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'",
        'sudo tee /etc/apparmor.d/bwrap && sudo apparmor_parser -r /etc/apparmor.d/bwrap',
      ].join(' | '),
    }
  }
  return null
}

/** Why Delve could not attach inside a sandbox; null when it can. Under 1 the API server names its tracer before it starts. */
export function ptraceObstacle(settings: HostSettings): Obstacle | null {
  const scope = settings['kernel.yama.ptrace_scope']?.trim()
  switch (scope) {
    case undefined:
    case '0':
    case '1':
      return null
    case '2':
      return {
        what: 'This host lets only root attach a debugger (kernel.yama.ptrace_scope is 2).',
        fix: permanent('kernel.yama.ptrace_scope=1'),
      }
    case '3':
      return {
        what: 'This host forbids debuggers until it is started again (kernel.yama.ptrace_scope is 3).',
        fix: 'remove the line that sets kernel.yama.ptrace_scope=3 (grep -r ptrace_scope /etc/sysctl.conf /etc/sysctl.d), then restart the machine',
      }
    default:
      return { what: `kernel.yama.ptrace_scope is ${scope}, which is not known here.`, fix: permanent('kernel.yama.ptrace_scope=1') }
  }
}

/** Oldest bwrap with every option that is used: --disable-userns came with 0.8.0. */
const OLDEST = [0, 8, 0] as const

/** Whether bwrap, from what `bwrap --version` said (null: there is none), will do. */
export function bwrapObstacle(said: string | null): Obstacle | null {
  const wanted = OLDEST.join('.')
  const install = 'sudo apt-get install bubblewrap (Fedora: sudo dnf install bubblewrap; Arch: sudo pacman -S bubblewrap)'
  if (said === null) return { what: 'bubblewrap (bwrap) is not installed.', fix: install }
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(said)
  if (!found) return { what: `bwrap's version is not understood: ${said.trim()}`, fix: install }
  const version = found.slice(1).map(Number)
  for (const [index, least] of OLDEST.entries()) {
    const part = version[index] as number
    if (part > least) return null
    if (part < least) {
      return {
        what: `bubblewrap is ${found[0]}; ${wanted} or newer is needed.`,
        fix: `${install}, from a newer release of your distribution if need be`,
      }
    }
  }
  return null
}
