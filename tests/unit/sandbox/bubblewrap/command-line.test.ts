import { expect, test } from 'vitest'
import { type CommandOptions, sandboxCommand, systemdCommand } from '../../../../src/sandbox/bubblewrap/command-line.ts'

const options: CommandOptions = {
  user: 30_001,
  programs: { kubectl: '/cache/kubectl' },
  source: '/cache/source',
  released: {},
  etc: { passwd: '/run/passwd' },
  topFolders: [
    { path: '/bin', is: 'link', target: 'usr/bin' },
    { path: '/lib', is: 'folder' },
  ],
  hostEtc: ['/etc/alternatives'],
  terminals: null,
  openFiles: 1_000_000,
  inside: ['/opt/k8s/bin/supervisor'],
}

test('files of the release are laid over the changed ones of the tree, after the tree', () => {
  const released = { 'staging/src/k8s.io/apiserver/rest.go': '/modules/rest.go' }
  expect(sandboxCommand({ ...options, released }).join(' ')).toContain(
    '--ro-bind /cache/source /src --ro-bind /modules/rest.go /src/staging/src/k8s.io/apiserver/rest.go ',
  )
})

test('the environment is emptied before anything else, since bwrap stays as a process that learners can read', () => {
  expect(sandboxCommand(options).slice(0, 3)).toEqual(['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'])
})

test('root becomes another user without capabilities, and anybody else stays who they are', () => {
  expect(sandboxCommand(options)).toEqual(
    expect.arrayContaining(['setpriv', '--reuid=30001', '--regid=30001', '--clear-groups', '--bounding-set=-all']),
  )
  expect(sandboxCommand({ ...options, user: null })).not.toContain('setpriv')
})

test('every namespace is new, and no further one can be made', () => {
  const command = sandboxCommand(options)
  for (const option of ['user', 'pid', 'net', 'ipc', 'uts', 'cgroup']) expect(command).toContain(`--unshare-${option}`)
  expect(command).toEqual(expect.arrayContaining(['--disable-userns', '--die-with-parent', '--new-session']))
})

test('everything of the host is bound read-only, every tmpfs has a size, and the root is made read-only last', () => {
  const command = sandboxCommand(options)
  expect(command.filter((word) => /^--(dev-)?bind/.test(word))).toEqual([])
  for (const [index, word] of command.entries()) {
    if (word === '--tmpfs') expect(command.slice(index - 4, index), command[index + 1]).toContain('--size')
  }
  expect(command.lastIndexOf('--tmpfs')).toBeLessThan(command.indexOf('--remount-ro'))
  expect(command.join(' ')).toContain('--remount-ro /dev --remount-ro / --chdir')
  expect(command.join(' ')).toContain('--symlink usr/bin /bin --ro-bind /lib /lib')
})

test('pseudo-terminals of its own lie over those of bwrap', () => {
  expect(sandboxCommand({ ...options, terminals: '/run/terminals' }).join(' ')).toContain('--dev /dev --dev-bind /run/terminals /dev/pts')
})

test('a process may open no more files than its relay may', () => {
  expect(sandboxCommand({ ...options, openFiles: 4096 })).toContain('--nofile=4096')
  expect(sandboxCommand(options)).toContain('--nofile=16384')
})

test("systemd is given all limits, the user's or the system's (its command line only: there was no systemd to run it)", () => {
  expect(systemdCommand(1000)).toEqual(
    expect.arrayContaining([
      'XDG_RUNTIME_DIR=/run/user/1000',
      'systemd-run',
      '--user',
      '--scope',
      'MemoryMax=1572864000',
      'TasksMax=512',
      'CPUQuota=150%',
    ]),
  )
  expect(systemdCommand(0)).toContain('--system')
})
