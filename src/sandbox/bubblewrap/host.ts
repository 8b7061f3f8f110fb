/** What this machine has: folders to show in a sandbox, settings of its kernel, systemd. The one place that looks. */
import { execFile } from 'node:child_process'
import { access, lstat, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'
import { systemdCommand, type TopFolder } from './command-line.ts'
import { type Hierarchy, readHierarchies } from './control-groups.ts'
import { type HostSettings, SETTINGS } from './host-settings.ts'

const run = promisify(execFile)
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

export async function readSettings(): Promise<HostSettings> {
  const texts = await Promise.all(SETTINGS.map((name) => readFile(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').catch(() => null)))
  return Object.fromEntries(SETTINGS.map((name, index) => [name, texts[index] ?? null])) as unknown as HostSettings
}

/** What `bwrap --version` says; null when there is no bwrap. */
export async function bwrapVersion(): Promise<string | null> {
  try {
    return (await run('bwrap', ['--version'], { env: { PATH } })).stdout
  } catch {
    return null
  }
}

/** Which of these programs are not on this machine. */
export async function missingPrograms(names: readonly string[]): Promise<string[]> {
  const missing: string[] = []
  for (const name of names) {
    const found = await Promise.all(PATH.split(':').map((folder) => exists(`${folder}/${name}`)))
    if (!found.includes(true)) missing.push(name)
  }
  return missing
}

/** /bin, /lib and so on, which are links into /usr on most machines. */
export async function readTopFolders(): Promise<TopFolder[]> {
  const found: TopFolder[] = []
  for (const path of ['/bin', '/sbin', '/lib', '/lib64', '/lib32']) {
    const stat = await lstat(path).catch(() => null)
    if (stat?.isSymbolicLink()) found.push({ path, is: 'link', target: await readlink(path) })
    else if (stat?.isDirectory()) found.push({ path, is: 'folder' })
  }
  return found
}

/** Links of /usr/bin go through /etc/alternatives; the loader's cache speeds up every start of a program; /etc/fonts tells dot where fonts are. */
export async function readHostEtc(): Promise<string[]> {
  const found: string[] = []
  for (const path of ['/etc/alternatives', '/etc/ld.so.cache', '/etc/fonts']) if (await exists(path)) found.push(path)
  return found
}

/** How many files a process started here may open at most. */
export async function openFilesLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8')
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1]
  return hard === undefined || hard === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(hard)
}

export async function hierarchies(): Promise<Hierarchy[]> {
  const [mountinfo, own] = await Promise.all([readFile('/proc/self/mountinfo', 'utf8'), readFile('/proc/self/cgroup', 'utf8')])
  return readHierarchies(mountinfo, own)
}

/** Whose systemd can run a scope: root's, the user's, or nobody's. */
export async function systemd(): Promise<{ user: number } | null> {
  const user = process.getuid?.()
  if (user === undefined || !(await exists('/run/systemd/system'))) return null
  const [program, ...rest] = [...systemdCommand(user), 'true']
  // Only a try tells whether it may: many containers show a systemd that obeys nobody in them.
  return run(program as string, rest, { env: { PATH }, timeout: 5_000 }).then(
    () => ({ user }),
    () => null,
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
