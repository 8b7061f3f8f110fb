/** The folder of the built site: made beside it, and put in its place as a whole, so that a site is there at any moment and is never half a site. */
import { access, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { checkSpace, diskFull, isDiskFull, type Words } from './pins/disk-space.ts'
import { holdLock } from './pins/lock.ts'
import { PinsError } from './pins/pins-error.ts'

/** Holds the key of what the site was built from; no page's address begins with a dot. */
const KEY = '.made-from'
const WORDS: Words = { doing: 'the build of the site', fix: 'Free some space there, then start again.' }

export interface RenewOptions {
  /** The folder of the built site. */
  site: string
  /** Changes with what the site is made from. */
  key: string
  /** Bytes it will take, at most. Asked for before it is made: not every tool says that it died of a full disk. */
  bytes: number
  /** Makes the site in a folder that is not there yet. */
  make: (folder: string) => Promise<void>
  /** Called when another process is at it and this one begins to wait. */
  onWait: () => void
  signal: AbortSignal
}

/** The key of the site that is there, or null. */
export async function keyOf(site: string): Promise<string | null> {
  return await readFile(join(site, KEY), 'utf8').catch(() => null)
}

/** Makes the site unless it is there with this key, and removes what a killed build left. Rejects with PinsError when a disk is full. */
export async function renewSite({ site, key, bytes, make, onWait, signal }: RenewOptions): Promise<void> {
  const [fresh, old] = [`${site}.unfinished`, `${site}.old`]
  // Without the lock, which would have a start wait for another that builds: the usual case, with nothing to do.
  if ((await keyOf(site)) === key && !(await isThere(fresh)) && !(await isThere(old))) return
  const release = await siteLock(onWait, signal)
  try {
    await remove(fresh, old)
    if ((await keyOf(site)) === key) return
    await checkSpace([{ folder: dirname(site), bytes }], WORDS)
    await make(fresh)
    await writeFile(join(fresh, KEY), key)
    await rename(site, old).catch(ignoreMissing)
    await rename(fresh, site).catch(async (error) => {
      await rename(old, site).catch(() => {})
      throw error
    })
  } catch (error) {
    if (error instanceof PinsError || !isDiskFull(error)) throw error
    // Astro keeps things in node_modules, and some of its tools in the folder for temporary files.
    const folders = [dirname(site), resolve('node_modules'), tmpdir()]
    throw await diskFull(folders, error, WORDS)
  } finally {
    await remove(fresh, old)
    await release()
  }
}

async function siteLock(onWait: () => void, signal: AbortSignal): Promise<() => Promise<void>> {
  // Elsewhere there is no flock; two builds at once then cost time and do no harm but to each other.
  if (process.platform !== 'linux') return async () => {}
  return await holdLock({ file: resolve('node_modules/.follow-the-request-site.lock'), signal, onWait })
}

async function remove(...folders: string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}

/** Before the first build there is no site to put aside. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
