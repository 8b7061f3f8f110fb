/** Folders of the cache that are either complete or not there: made beside their place and renamed. */
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** How temporary folders begin; no finished folder does. */
const TEMPORARY = '.unfinished-'

/** A short name for inputs: the same inputs in the same order give the same name. */
export function hashOf(inputs: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  // Each input is hashed by itself, so that no two lists run together into the same bytes.
  for (const input of inputs) hash.update(createHash('sha256').update(input).digest())
  return hash.digest('hex').slice(0, 16)
}

/** Whether a finished folder is there. */
export async function isThere(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** Fills a folder by `make`, which is given a temporary one; nothing happens when it is there. If `make` fails, nothing is left. */
export async function publish(folder: string, make: (temporary: string) => Promise<void>): Promise<void> {
  if (await isThere(folder)) return
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  const temporary = await mkdtemp(join(parent, `${TEMPORARY}${basename(folder)}-`))
  try {
    await make(temporary)
    // A temporary folder is its maker's alone; what a sandbox runs is for the user it runs as.
    await chmod(temporary, 0o755)
    await rename(temporary, folder)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
}

/** Removes what interrupted runs left. Call it only while holding the build lock: then no temporary folder is in use. */
export async function sweep(cache: string): Promise<void> {
  for (const parent of await readdir(cache, { withFileTypes: true })) {
    if (!parent.isDirectory()) continue
    for (const name of await readdir(join(cache, parent.name))) {
      if (name.startsWith(TEMPORARY)) await rm(join(cache, parent.name, name), { recursive: true, force: true })
    }
  }
}
