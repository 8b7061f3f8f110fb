/** The key of a site: changes with whatever the site is made from. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LAST_RUN } from './book/report.ts'

/** What the pages are made from. The rooms that only run beside the site are left out. */
const INPUTS = [LAST_RUN, 'content', 'public', 'src', 'astro.config.mjs', 'package-lock.json']
const BESIDE = /^src\/(?:main|start|relay|sandbox|verify|bootstrap)\b/

/** A hash of everything that a site served under `base` is made from. */
export async function siteKey(base: string): Promise<string> {
  const hash = createHash('sha256').update(base)
  for (const input of INPUTS) {
    for (const file of await filesBelow(input)) {
      if (!BESIDE.test(file)) hash.update(file).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

/** The file itself, or all files of a folder, as sorted paths; none when there is nothing. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return null
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (entries === null) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
