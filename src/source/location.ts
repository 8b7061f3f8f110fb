/** The short form of a place that Delve's `break` takes in a sandbox. */
import { apiServerPackages } from '../pins/modules.ts'
import { substitute, substituteRules } from '../pins/source-tree.ts'
import { stagingModules } from '../pins/versions.ts'
import { pinnedFiles } from './pinned-files.ts'

/** The fewest folders and names that tell a reader which file is meant; a bare `create.go` would not. */
const FEWEST_SEGMENTS = 2

let all: Promise<ReadonlyMap<string, string>> | undefined

/**
 * The shortest end of a file's path, as terminals show it, that no other compiled file has: `handlers/create.go`. `file` is a name
 * of the debug information. Null when even the whole path is the end of another: then Delve cannot tell them apart. Throws PinsError.
 */
export async function shortestSuffix(file: string): Promise<string | null> {
  all ??= terminalPaths()
  const paths = await all
  const path = paths.get(file) ?? file
  const others = [...paths.values()].filter((other) => other !== path)
  const segments = path.split('/')
  for (let count = FEWEST_SEGMENTS; count <= segments.length; count++) {
    const suffix = segments.slice(-count).join('/')
    if (!others.some((other) => `/${other}`.endsWith(`/${suffix}`))) return suffix
  }
  return null
}

/** For every compiled file the end of its path that `break` takes, as `shortestSuffix` has it; null where there is none. Throws PinsError. */
export async function locations(): Promise<ReadonlyMap<string, string | null>> {
  all ??= terminalPaths()
  const paths = await all
  const counts = new Map<string, number>()
  for (const path of paths.values()) for (const end of endsOf(path)) counts.set(end, (counts.get(end) ?? 0) + 1)
  return new Map([...paths].map(([file, path]) => [file, endsOf(path).find((end) => counts.get(end) === 1) ?? null]))
}

/** The ends of a path, the shortest that may be named first. */
function endsOf(path: string): string[] {
  const segments = path.split('/')
  return Array.from({ length: Math.max(0, segments.length - FEWEST_SEGMENTS + 1) }, (_, at) => segments.slice(-FEWEST_SEGMENTS - at).join('/'))
}

/** The ends of two segments, `v1/types.go`, that several files share, sorted: any other is enough for Delve to know the file. Throws PinsError. */
export async function sharedEnds(): Promise<string[]> {
  all ??= terminalPaths()
  const counts = new Map<string, number>()
  for (const path of (await all).values()) {
    const end = path.split('/').slice(-FEWEST_SEGMENTS).join('/')
    counts.set(end, (counts.get(end) ?? 0) + 1)
  }
  return [...counts].flatMap(([end, count]) => (count > 1 ? [end] : [])).sort()
}

/** Delve looks for locations among the paths that its substitute-path rules make, not among those of the debug information. */
async function terminalPaths(): Promise<ReadonlyMap<string, string>> {
  const rules = substituteRules(await apiServerPackages(), new Set(stagingModules()))
  return new Map((await pinnedFiles()).map(({ file }) => [file, substitute(file, rules)]))
}
