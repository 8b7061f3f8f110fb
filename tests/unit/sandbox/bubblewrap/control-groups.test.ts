import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  chooseControlGroups,
  type Hierarchy,
  leaveControlGroups,
  readHierarchies,
  sweepControlGroups,
} from '../../../../src/sandbox/bubblewrap/control-groups.ts'

const V1 = `31 24 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
32 24 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
33 24 0:29 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
34 24 0:30 / / rw - ext4 /dev/vda rw`

test('hierarchies of version 1 and 2 are read with the own folder in each', () => {
  expect(readHierarchies(V1, '4:memory:/a/b\n3:cpu,cpuacct:/\n2:pids:/\n0::/user\n')).toEqual([
    { version: 1, controllers: ['memory'], folder: '/sys/fs/cgroup/memory/a/b' },
    { version: 1, controllers: ['cpu', 'cpuacct'], folder: '/sys/fs/cgroup/cpu,cpuacct' },
    { version: 2, controllers: [], folder: '/sys/fs/cgroup/unified/user' },
  ])
})

test('in a container whose root is a folder of the hierarchy, the own folder is below the mount', () => {
  const mount = '31 24 0:27 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw'
  expect(readHierarchies(mount, '0::/docker/abc/inner\n')).toEqual([{ version: 2, controllers: [], folder: '/sys/fs/cgroup/inner' }])
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'control-groups-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a version 2 folder that was not delegated with its controllers is not taken, and systemd is asked instead (given files, not run)', async () => {
  await writeFile(join(folder, 'cgroup.controllers'), 'hugetlb')
  await writeFile(join(folder, 'cgroup.procs'), '1\n2\n')
  const hierarchy = { version: 2 as const, controllers: [], folder }
  expect(await chooseControlGroups([hierarchy], { user: 1000 })).toEqual({ is: 'systemd', user: 1000 })
  expect(await chooseControlGroups([hierarchy], null)).toEqual({ is: 'none', why: expect.stringContaining('no memory, pids, cpu controller') })
})

/** A version 2 folder that has its controllers and holds these processes. Plain files are no groups: nothing leaves or limits them, but what was asked can be seen. */
async function second(processes: readonly number[]): Promise<Hierarchy> {
  await writeFile(join(folder, 'cgroup.controllers'), 'cpu memory pids')
  await writeFile(join(folder, 'cgroup.events'), 'populated 1')
  await writeFile(join(folder, 'cgroup.procs'), processes.map((id) => `${id}\n`).join(''))
  return { version: 2, controllers: [], folder }
}

test('where no systemd can be asked, every process of a version 2 folder steps aside before it passes its controllers on (given files, not run)', async () => {
  const hierarchy = await second([1, 0, 17, process.pid])
  // The trial group has no limits to write, so that the choice falls through; then all step back, as far as plain files can.
  expect((await chooseControlGroups([hierarchy], null)).is).toBe('none')
  expect(await readFile(join(folder, 'follow-the-request-relay/cgroup.procs'), 'utf8')).toBe(`1\n17\n${process.pid}\n`)
  expect(await readFile(join(folder, 'follow-the-request/cgroup.subtree_control'), 'utf8')).toBe('+memory +pids +cpu')
})

test('where systemd can be asked, nobody is moved (given files, not run)', async () => {
  expect((await chooseControlGroups([await second([1, process.pid])], { user: 0 })).is).toBe('systemd')
  expect(await readdir(folder)).not.toContain('follow-the-request-relay')
})

test('the root of all groups is left by nobody: it may limit others as it is (given files, not run)', async () => {
  const hierarchy = await second([1, process.pid])
  await rm(join(folder, 'cgroup.events'))
  await chooseControlGroups([hierarchy], null)
  expect(await readdir(folder)).not.toContain('follow-the-request-relay')
  expect(await readFile(join(folder, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids +cpu')
})

test('a relay among processes that stepped aside before takes the group above them, and the last one to leave takes all back (given files, not run)', async () => {
  const hierarchy = await second([])
  const aside = join(folder, 'follow-the-request-relay')
  const ours = join(folder, 'follow-the-request')
  await mkdir(join(ours, '999999999-1-relay'), { recursive: true })
  await mkdir(aside)
  await writeFile(join(aside, 'cgroup.procs'), '1\n17\n')
  const { is } = await chooseControlGroups([{ ...hierarchy, folder: aside }], null)
  expect([is, await readFile(join(folder, 'cgroup.subtree_control'), 'utf8')]).toEqual(['none', '+memory +pids +cpu'])

  const groups = { is: 'v2', folders: [ours] } as const
  await rm(join(ours, 'cgroup.subtree_control'))
  await leaveControlGroups(groups)
  expect(await readFile(join(folder, 'cgroup.procs'), 'utf8'), 'while another relay is there').toBe('')
  await sweepControlGroups(groups)
  await leaveControlGroups(groups)
  expect(await readFile(join(folder, 'cgroup.procs'), 'utf8')).toBe('1\n17\n')
  expect(await readFile(join(folder, 'cgroup.subtree_control'), 'utf8')).toBe('-memory -pids -cpu')
  expect(await readdir(folder)).not.toContain('follow-the-request')
})

test('a try that works in one hierarchy and not in the next leaves no folder behind (given files, not run)', async () => {
  const first = (controller: string): Hierarchy => ({ version: 1, controllers: [controller], folder: join(folder, controller) })
  const [memory, pids, cpu] = [first('memory'), first('pids'), first('cpu')]
  await mkdir(memory.folder)
  await writeFile(pids.folder, '')
  expect(await chooseControlGroups([memory, pids, cpu], null)).toEqual({ is: 'none', why: expect.stringContaining('version 1: ENOTDIR') })
  expect(await readdir(memory.folder)).toEqual([])
})

test('a host without control groups and systemd says so', async () => {
  expect(await chooseControlGroups([], null)).toEqual({ is: 'none', why: 'this host has no control groups' })
})
