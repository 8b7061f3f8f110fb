/** Makes programs and source readable for a sandbox that runs as another user than the one whose home they lie in. */
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where a sandbox takes a path from: the path itself, or a place where the path is mounted for this sandbox alone. */
export interface Reach {
  /** By the path asked for. */
  places: ReadonlyMap<string, string>
  /** To be mounted first, in a mount namespace of its own: source and target. */
  mounts: readonly (readonly [source: string, target: string])[]
}

/** Paths as they are. */
export function direct(paths: readonly string[]): Reach {
  return { places: new Map(paths.map((path) => [path, path])), mounts: [] }
}

/** For a sandbox under another user: what everybody can reach stays, the rest (a cache below /root, say) gets a mount point in `folder`. */
export async function forAnotherUser(paths: readonly string[], folder: string): Promise<Reach> {
  const places = new Map<string, string>()
  const mounts: [string, string][] = []
  await mkdir(folder, { recursive: true })
  for (const path of paths) {
    if (await everyoneReaches(path)) {
      places.set(path, path)
      continue
    }
    const target = join(folder, String(mounts.length))
    if ((await stat(path)).isDirectory()) await mkdir(target)
    else await writeFile(target, '')
    places.set(path, target)
    mounts.push([path, target])
  }
  return { places, mounts }
}

async function everyoneReaches(path: string): Promise<boolean> {
  const readable = (await stat(path)).mode & 0o004
  if (readable === 0) return false
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
