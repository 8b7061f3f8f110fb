/** Room on the disk: asked for before a build, and named when it ran out. */
import { mkdir, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PinsError } from './pins-error.ts'

/** Something that a build will write: bytes, and the folder they go to. */
export interface Need {
  folder: string
  bytes: number
}

const FIX = 'Free some space there, or move the caches with XDG_CACHE_HOME, GOCACHE and GOMODCACHE; then start again: what is done already is kept.'

/** What needs the room, as the subject of a sentence, and what to do when there is none. */
export interface Words {
  doing?: string
  fix?: string
}

/** Throws PinsError when a file system has less room than is needed on it. Folders are made when missing. */
export async function checkSpace(needs: readonly Need[], { doing = 'the build', fix = FIX }: Words = {}): Promise<void> {
  const byDevice = new Map<number, Need>()
  for (const { folder, bytes } of needs) {
    await mkdir(folder, { recursive: true })
    const { dev } = await stat(folder)
    const before = byDevice.get(dev)
    byDevice.set(dev, { folder: before?.folder ?? folder, bytes: (before?.bytes ?? 0) + bytes })
  }
  for (const { folder, bytes } of byDevice.values()) {
    const free = await freeBytes(folder)
    if (free < bytes) throw new PinsError(`The disk of ${folder} has ${words(free)} free, and ${doing} needs ${words(bytes)}.`, fix)
  }
}

/** The error for a build that met a full disk: names the fullest of the folders it writes to. */
export async function diskFull(folders: readonly string[], cause: unknown, { doing = 'the build', fix = FIX }: Words = {}): Promise<PinsError> {
  const all = await Promise.all(folders.map(async (folder) => ({ folder, free: await freeBytes(folder) })))
  const fullest = all.reduce((one, other) => (other.free < one.free ? other : one))
  return new PinsError(`The disk is full: ${doing} could not write to ${fullest.folder}, where ${words(fullest.free)} are free.`, fix, { cause })
}

/** Whether an error, of the system or of Go, says that a disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i.test(error.message)
}

/** What is free for a folder, or for the one it would be made in. */
async function freeBytes(folder: string): Promise<number> {
  const found = await statfs(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  return found === null ? await freeBytes(dirname(folder)) : found.bavail * found.bsize
}

function words(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
