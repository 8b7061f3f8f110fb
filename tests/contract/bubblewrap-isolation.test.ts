/** What a learner can reach from inside a real sandbox, and how much of the machine they can take. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHierarchies } from '../../src/sandbox/bubblewrap/control-groups.ts'
import { CPU_PERCENT, SOCKETS, TERMINALS } from '../../src/sandbox/bubblewrap/limits.ts'
import type { Backend, Sandbox, SandboxEvent } from '../../src/sandbox/sandbox.ts'
import { bubblewrapPossible, openReal } from './built.ts'
import { descendants } from './processes.ts'
import { openTypist, type Typist } from './typist.ts'

const possible = await bubblewrapPossible()
const cannot = possible.is === 'impossible' ? ` (cannot be had here: ${possible.why})` : ''
const NO_LIMITS = 'this host has no control groups that may be written and no systemd that obeys, so nothing bounds a sandbox; its log says so'

describe.skipIf(possible.is === 'impossible')(`inside a bubblewrap sandbox${cannot}`, () => {
  let backend: Backend
  let sandbox: Sandbox
  let shell: Typist
  const events: SandboxEvent[] = []

  beforeAll(async () => {
    process.env.SECRET_OF_THE_RELAY = 'hunter2'
    backend = await openReal(possible)
    sandbox = await backend.open()
    sandbox.onEvent((event) => events.push(event))
    shell = await openTypist(sandbox, 'shell')
  })
  afterAll(() => backend?.close())

  /** What a command says, both streams, without the last newline. */
  const says = async (command: string) => (await shell.run(command)).said.trimEnd()

  test('kubectl, curl, jq and etcdctl work', async () => {
    expect(await says('kubectl auth whoami -o jsonpath={.status.userInfo.username}')).toBe('learner')
    expect(await says('kubectl auth can-i "*" "*" --all-namespaces')).toBe('yes')
    expect(await says('kubectl get --raw /api/v1/namespaces/default | jq -r .metadata.name')).toBe('default')
    expect(await says('curl -sS --cacert /etc/kubernetes/pki/ca.crt https://127.0.0.1:6443/version | jq -r .gitVersion')).toMatch(/^v/)
    expect(await says('etcdctl get /registry/namespaces/default --keys-only')).toContain('/registry/namespaces/default')
  })

  test('source can be read, and list in dlv shows it, for paths of the Kubernetes repository', async () => {
    await sandbox.attachDebugger()
    expect(await says('sed -n 5p /src/pkg/registry/core/pod/strategy.go')).toBe('you may not use this file except in compliance with the License.')
    const dlv = await openTypist(sandbox, 'debugger')
    expect(await dlv.ask('break pkg/registry/core/pod/strategy.go:90')).toMatch(
      /^Breakpoint 1 set at .* pkg\/registry\/core\/pod\/strategy\.go:90\n$/,
    )
    const listed = await dlv.ask('list staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go:182')
    expect(listed).toMatch(/^Showing staging\/src\/\S+create\.go:182 \(PC: 0x[0-9a-f]+\)\n/)
    expect(listed).toMatch(/^ {3}182:\t\s+admissionAttributes := /m)
    expect(await dlv.ask('list k8s.io/apiserver/pkg/endpoints/handlers.createHandler')).toMatch(
      /^Showing staging\/src\/.*\n[\s\S]*func createHandler\(/,
    )
    dlv.type('continue')
    await dlv.until(/continue\n/)
    expect((await shell.run('kubectl get namespaces')).code).toBe(0)
    dlv.terminal.close()
  })

  test('the learner is nobody outside, without capabilities and under seccomp', async () => {
    expect(await says('id -u; id -un')).toBe('1000\nlearner')
    expect(await says("grep -E '^(CapEff|CapPrm|CapBnd|CapAmb|NoNewPrivs|Seccomp):' /proc/self/status | tr '\\t' ' '")).toBe(
      [
        'CapPrm: 0000000000000000',
        'CapEff: 0000000000000000',
        'CapBnd: 0000000000000000',
        'CapAmb: 0000000000000000',
        'NoNewPrivs: 1',
        'Seccomp: 2',
      ].join('\n'),
    )
    const owner = /^Uid:\t(\d+)/m.exec(await readFile(`/proc/${await supervisor()}/status`, 'utf8'))?.[1]
    expect(owner).toMatch(/^\d+$/)
    if (process.getuid?.() === 0) expect(owner).not.toBe('0')
  })

  test('there is nothing of the host to read', async () => {
    expect(await says('ls /root /home /etc/shadow 2>&1')).toBe(
      "ls: cannot access '/root': No such file or directory\nls: cannot access '/etc/shadow': No such file or directory\n/home:\nlearner",
    )
    expect(await says('tr "\\0" "\\n" < /proc/1/environ')).toBe('PATH=/usr/sbin:/usr/bin:/sbin:/bin')
    expect(await says('cat /proc/[0-9]*/environ 2>/dev/null | grep -c hunter2')).toBe('0')
    expect(await says('ls -l /proc/1/fd /proc/2/fd | grep -E -- "-> /" | grep -vE "/dev/(null|pts|ptmx)"')).toBe('')
    expect(await says('hostname')).toBe('sandbox')
    expect(Number(await says('ls -d /proc/[0-9]* | wc -l'))).toBeLessThan(40)
  })

  test('there is no network but its own loopback', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    expect(await says('cut -d: -f1 /proc/net/dev | tail -n +3 | tr -d " "')).toBe('lo')
    expect(await says(`(echo > /dev/tcp/127.0.0.1/${port}) 2>&1 | grep -o 'Connection refused' | head -1`)).toBe('Connection refused')
    expect(await says("(echo > /dev/tcp/192.0.2.7/80) 2>&1 | grep -o 'Network is unreachable' | head -1")).toBe('Network is unreachable')
    server.close()
  })

  test('only the folders meant for it can be written, each with its cap', async () => {
    for (const folder of ['/', '/usr', '/opt/k8s/bin', '/src', '/etc', '/dev']) {
      expect(await says(`touch ${folder}/x 2>&1`), folder).toMatch(/Read-only file system|Permission denied/)
    }
    expect(await says('head -c 200000000 /dev/zero 2>&1 > /tmp/full; stat -c %s /tmp/full; rm /tmp/full')).toBe(
      "head: error writing 'standard output': No space left on device\n134217728",
    )
    expect(await says('head -c 100000000 /dev/zero > ~/full 2>/dev/null; [ $(stat -c %s ~/full) -lt 67108865 ] && echo capped; rm ~/full')).toBe(
      'capped',
    )
    expect(await says('findmnt -rno TARGET,OPTIONS -t tmpfs | grep -v size= | grep -cw rw')).toBe('0')
  })

  test('the ways out are shut', async () => {
    for (const attempt of [
      'unshare --user true',
      'unshare --mount true',
      'nsenter --target 1 --mount true',
      'mount -t tmpfs none /tmp',
      'mknod /tmp/device b 8 0',
      'su -c true',
      'dmesg',
      'echo 1 > /proc/sys/kernel/panic',
      'echo c > /proc/sysrq-trigger',
    ]) {
      expect((await shell.run(`${attempt} < /dev/null > /dev/null 2>&1`)).code, attempt).not.toBe(0)
    }
  })

  test('seccomp refuses what its filter names', async ({ skip }) => {
    skip((await shell.run('command -v python3')).code !== 0, 'the system has no python3 in /usr to make the calls with')
    const call = (text: string) => says(`python3 -c 'import ctypes, os, socket; c = ctypes.CDLL(None, use_errno=True); ${text}'`)
    const errno = (expression: string) => call(`r = ${expression}; print(r, os.strerror(ctypes.get_errno()) if r < 0 else "")`)
    expect(await errno('c.unshare(0x10000000)')).toBe('-1 Operation not permitted')
    expect(await errno('c.setns(0, 0)')).toBe('-1 Operation not permitted')
    expect(await errno('c.syscall(425, 1, 0)'), 'io_uring_setup').toBe('-1 Operation not permitted')
    expect(await errno('c.syscall(435, 0, 0)'), 'clone3').toBe('-1 Function not implemented')
    expect(await errno('c.ioctl(0, ctypes.c_ulong(0x5412), b"x")'), 'TIOCSTI').toBe('-1 Operation not permitted')
    expect(await errno('c.ioctl(0, ctypes.c_ulong(0x100005412), b"x")'), 'TIOCSTI with a high bit').toBe('-1 Operation not permitted')
    expect(await errno('c.socket(40, 1, 0)'), 'AF_VSOCK').toBe('-1 Address family not supported by protocol')
    expect(await errno('c.socket(17, 3, 0)'), 'AF_PACKET').toBe('-1 Address family not supported by protocol')
    expect(await errno('c.socket(1, 1, 0)'), 'AF_UNIX').toMatch(/^\d+$/)
  })

  test('pseudo-terminals are its own and come to an end', async ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can mount them with a limit; the README says so')
    expect(await says('findmnt -no OPTIONS /dev/pts | tail -1')).toContain(`max=${TERMINALS}`)
    skip((await shell.run('command -v python3')).code !== 0, 'the system has no python3 in /usr to take them with')
    const taken = await says(`python3 -c 'import os
n = 0
try:
  while n < 5000: os.open("/dev/ptmx", os.O_RDWR); n += 1
except OSError: print(n)'`)
    expect(Number(taken.match(/\d+$/)?.[0])).toBeLessThan(TERMINALS)
  })

  test('the limit on CPU holds for the control group that it runs in', async ({ skip }) => {
    skip(backend.limits === 'none', NO_LIMITS)
    const [mounts, own] = await Promise.all(['self/mountinfo', `${await supervisor()}/cgroup`].map((file) => readFile(`/proc/${file}`, 'utf8')))
    const quotas = await Promise.all(readHierarchies(mounts as string, own as string).map(({ folder }) => cpuQuota(folder)))
    expect(quotas.filter((quota) => quota !== null)).toEqual([CPU_PERCENT / 100])
  })

  test('what waits in TCP sockets is limited, where it is not counted as memory', async ({ skip }) => {
    skip(backend.limits !== 'v1', 'only control groups version 1 do not count it')
    const [mounts, own] = await Promise.all(['self/mountinfo', `${await supervisor()}/cgroup`].map((file) => readFile(`/proc/${file}`, 'utf8')))
    const memory = readHierarchies(mounts as string, own as string).find(({ controllers }) => controllers.includes('memory'))
    const limit = await readFile(join(memory?.folder ?? '', 'memory.kmem.tcp.limit_in_bytes'), 'utf8').catch(() => null)
    skip(limit === null, 'this kernel has no such limit')
    expect(Number(limit)).toBe(SOCKETS)
  })

  test('a fork bomb and a memory hog end inside it', async ({ skip }) => {
    skip(backend.limits === 'none', NO_LIMITS)
    expect(await says('tail /dev/zero > /dev/null 2>&1; echo $?')).toMatch(/(137|1)$/)
    await says("bash -c 'f() { f | f & }; f' > /dev/null 2>&1 & sleep 3; kill -9 %1 2> /dev/null; true")
    const other = await backend.open()
    const outside = await openTypist(other, 'shell')
    expect((await outside.run('kubectl get namespaces')).code).toBe(0)
    await other.close()
  })

  /** The sandbox's supervisor, as this machine numbers it. */
  async function supervisor(): Promise<number> {
    for (const pid of await descendants(process.pid)) {
      if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).startsWith('/opt/k8s/bin/supervisor')) return pid
    }
    throw new Error('no supervisor runs')
  }
})

/** Cores that a group may keep busy, by the file of either version; null where the folder has neither. */
async function cpuQuota(folder: string): Promise<number | null> {
  const [second, quota, period] = await Promise.all(
    ['cpu.max', 'cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => readFile(join(folder, file), 'utf8').catch(() => null)),
  )
  const [most, of] = second?.trim().split(' ') ?? [quota, period]
  return most == null || of == null ? null : Number(most) / Number(of)
}
