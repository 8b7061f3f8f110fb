/** What sandboxes and their relay leave on this machine while they run, and must not leave after. */
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hierarchies } from '../../src/sandbox/bubblewrap/host.ts'

/** What is named after a relay's process: folders, mounts, control groups. */
export async function traces(relay: number): Promise<string[]> {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(`follow-the-request-${relay}-`))
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').filter((line) => line.includes(`follow-the-request-${relay}-`))
  const groups: string[] = []
  for (const { folder } of await hierarchies()) {
    groups.push(...(await readdir(join(folder, 'follow-the-request')).catch(() => [])).filter((name) => name.startsWith(`${relay}-`)))
  }
  return [...folders, ...mounts, ...groups]
}

/** Groups that were made for sandboxes and hold none: with another relay on this machine they are its own, and not empty. */
export async function emptyGroups(): Promise<string[]> {
  const empty: string[] = []
  for (const { folder } of await hierarchies()) {
    const ours = join(folder, 'follow-the-request')
    const entries = await readdir(ours, { withFileTypes: true }).catch(() => null)
    if (entries && !entries.some((entry) => entry.isDirectory())) empty.push(ours)
  }
  return empty
}
