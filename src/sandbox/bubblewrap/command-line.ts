/** The command that starts one sandbox. Pure: everything it depends on is given. */
import { CPU_PERCENT, FILE_SIZE, FOLDERS, MEMORY, OPEN_FILES, PROCESSES } from './limits.ts'

export interface CommandOptions {
  /** Outer user and group when the relay is root; null runs as the relay's own user. */
  user: number | null
  /** Program paths on this machine by the name they get in /opt/k8s/bin. */
  programs: Readonly<Record<string, string>>
  /** The source tree on this machine. */
  source: string
  /** Files on this machine that take the place of some of the tree's, by their path in it. */
  released: Readonly<Record<string, string>>
  /** Files on this machine by their name below /etc. */
  etc: Readonly<Record<string, string>>
  /** Top folders of this machine (`/bin`, `/lib` …): either links, or folders of their own. */
  topFolders: readonly TopFolder[]
  /** Files and folders below /etc that programs of /usr need and that hold nothing secret, such as /etc/alternatives. */
  hostEtc: readonly string[]
  /** Where pseudo-terminals of the sandbox's own are mounted; null leaves it bwrap's, which take from the machine's without a limit. */
  terminals: string | null
  /** Open files a process of this relay may have at most. */
  openFiles: number
  /** What runs inside: the supervisor, or a trial. */
  inside: readonly string[]
}

export type TopFolder = { path: string; is: 'link'; target: string } | { path: string; is: 'folder' }

/** Numbers of the descriptors that the command is given beside stdio. */
export const SECCOMP_FD = 3
export const INFO_FD = 4

/** The whole command: a clean environment, another user where possible, limits, bwrap with its namespaces and mounts. */
export function sandboxCommand(options: CommandOptions): string[] {
  const { user } = options
  return [
    // Before bwrap, since bwrap stays as the sandbox's first process, whose environment a learner can read.
    ...['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'],
    ...(user === null
      ? []
      : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all']),
    ...['prlimit', `--nofile=${Math.min(OPEN_FILES, options.openFiles)}`, '--core=0', `--fsize=${FILE_SIZE}`, '--'],
    ...bwrap(options),
    '--',
    ...options.inside,
  ]
}

function bwrap({ programs, source, released, etc, topFolders, hostEtc, terminals }: CommandOptions): string[] {
  return [
    'bwrap',
    ...['--unshare-user', '--disable-userns', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup'],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'sandbox', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--seccomp', String(SECCOMP_FD), '--info-fd', String(INFO_FD)],
    ...environment(),
    ...tmpfs('/', FOLDERS.root),
    ...['--ro-bind', '/usr', '/usr'],
    ...topFolders.flatMap((top) => (top.is === 'link' ? ['--symlink', top.target, top.path] : ['--ro-bind', top.path, top.path])),
    ...Object.entries(programs).flatMap(([name, path]) => ['--ro-bind', path, `/opt/k8s/bin/${name}`]),
    ...['--ro-bind', source, '/src'],
    ...Object.entries(released).flatMap(([file, path]) => ['--ro-bind', path, `/src/${file}`]),
    ...Object.entries(etc).flatMap(([name, path]) => ['--ro-bind', path, `/etc/${name}`]),
    ...hostEtc.flatMap((path) => ['--ro-bind', path, path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...(terminals === null ? [] : ['--dev-bind', terminals, '/dev/pts']),
    ...tmpfs('/etc/kubernetes', FOLDERS.kubernetes, '0700'),
    ...tmpfs('/home/learner', FOLDERS.home, '0700'),
    ...tmpfs('/tmp', FOLDERS.tmp, '1777'),
    ...tmpfs('/var/lib/etcd', FOLDERS.etcd, '0700'),
    ...tmpfs('/var/log/sandbox', FOLDERS.log, '0755'),
    ...tmpfs('/dev/shm', FOLDERS.shm, '1777'),
    // bwrap's /dev is a tmpfs without a cap of its own.
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/home/learner'],
  ]
}

function environment(): string[] {
  const variables = {
    PATH: '/opt/k8s/bin:/usr/local/bin:/usr/bin:/bin',
    HOME: '/home/learner',
    USER: 'learner',
    SHELL: '/bin/bash',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
  }
  return ['--clearenv', ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value])]
}

function tmpfs(path: string, size: number, mode?: string): string[] {
  return ['--size', String(size), ...(mode === undefined ? [] : ['--perms', mode]), '--tmpfs', path]
}

/** The limits that systemd applies when control groups cannot be written directly; `user` is the relay's user id. */
export function systemdCommand(user: number): string[] {
  return [
    // The user's own systemd is found by this variable; root's is the system's.
    ...(user === 0 ? ['systemd-run', '--system'] : ['env', `XDG_RUNTIME_DIR=/run/user/${user}`, 'systemd-run', '--user']),
    ...['--scope', '--quiet', '--collect'],
    ...['-p', `MemoryMax=${MEMORY}`, '-p', 'MemorySwapMax=0', '-p', `TasksMax=${PROCESSES}`, '-p', `CPUQuota=${CPU_PERCENT}%`, '--'],
  ]
}
