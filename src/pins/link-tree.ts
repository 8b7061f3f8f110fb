/** Copies folders without using disk: hard links, or real copies where the file system has no links between the two places. */
import { constants, type Dirent } from 'node:fs'
import { copyFile, link, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Links that are under way at once: enough to keep the file system busy, few enough to leave this process's thread pool to others. */
const AT_ONCE = 16

/** What `link` says when the two names cannot share a file: another file system, too many names, another owner, not supported. */
const NO_LINK = new Set(['EXDEV', 'EMLINK', 'EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS'])

/**
 * Gives every file of `from` a second name below `to`, but for those `skip` names (relative paths). Linked files share their content and mode with the
 * originals: never write to or chmod one, replace it.
 */
export async function linkTree(from: string, to: string, skip: (path: string) => boolean = () => false): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relativePath(entry, from))
  await linkFiles(files.filter((path) => !skip(path)).map((path) => ({ from: join(from, path), to: join(to, path) })))
}

/** Gives each file a second name, making the folders it needs. */
export async function linkFiles(files: readonly { from: string; to: string }[]): Promise<void> {
  const folders = new Set(files.map(({ to }) => dirname(to)))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  const queue = files.values()
  const worker = async () => {
    for (const { from, to } of queue) await linkOrCopy(from, to)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function relativePath(entry: Dirent, from: string): string {
  return join(entry.parentPath, entry.name).slice(from.length + 1)
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (!NO_LINK.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  }
}
