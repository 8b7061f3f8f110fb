/** Where finished builds lie in the cache, and whether they are there: answered from names alone, without running Go. */
import { readdir, readFile } from 'node:fs/promises'
import { arch } from 'node:os'
import { join, relative } from 'node:path'
import type { Built, ProgramGroup } from './built.ts'
import { hashOf, isThere } from './cache.ts'
import { changes } from './patch.ts'
import { readSourceTree } from './source-tree.ts'
import { versions } from './versions.ts'

/** What a release of Kubernetes says of itself (`kubectl version`, user agents), set at link time as its own build does. Other programs have no such variables. */
const RELEASE = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((where) => {
  const [major, minor] = versions().kubernetes.slice(1).split('.')
  const values = { gitVersion: versions().kubernetes, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  return Object.entries(values).map(([name, value]) => `-X ${where}.${name}=${value}`)
})

/** Flags of every build; those of the linker come last. */
const ALWAYS = ['-trimpath', '-buildvcs=false']

/**
 * Packages in which a debugged program may be optimised: nobody stops in them, and the API server's start spends a quarter of its time there, in the
 * prime numbers of its own certificate and the JSON of OpenAPI (4.1 to 3.0 s of CPU, and attaching Delve takes no longer). Tried and left: all of the
 * toolchain, with which the start is as fast, and Delve needs 0.9 s more for its debug information.
 */
const OPTIMISED = ['crypto/internal/fips140/bigmod', 'encoding/json', 'k8s.io/kube-openapi/pkg/internal/third_party/go-json-experiment/json']

/** Flags of programs that are debugged: nothing else is optimised away from under the debugger, and Delve need not unpack what it reads. */
export const DEBUGGED_FLAGS: readonly string[] = [
  ...ALWAYS,
  '-gcflags=all=-N -l',
  ...OPTIMISED.map((path) => `-gcflags=${path}=`),
  `-ldflags=-compressdwarf=false ${RELEASE.join(' ')}`,
]

/** Flags of all other programs. */
const PLAIN_FLAGS: readonly string[] = [...ALWAYS, `-ldflags=${RELEASE.join(' ')}`]

/** Flags of a group's build, the same for all that share packages, so that these are compiled once. */
export function buildFlags({ debugged }: Pick<ProgramGroup, 'debugged'>): readonly string[] {
  return debugged ? DEBUGGED_FLAGS : PLAIN_FLAGS
}

export interface BuiltOptions {
  groups: readonly ProgramGroup[]
  /** The cache's folder, absolute. */
  cache: string
}

/** A group, and the folder in the cache that holds its programs when it is built. */
export interface Place {
  group: ProgramGroup
  folder: string
}

/** Everything that was asked for, if all of it is built and up to date; else null. */
export async function builtAlready({ groups, cache }: BuiltOptions): Promise<Built | null> {
  return await readBuilt(await placesOf({ groups, cache }), cache)
}

/** What is built at these places, if all of it is. */
export async function readBuilt(places: readonly Place[], cache: string): Promise<Built | null> {
  const tree = await readSourceTree(cache)
  const there = await Promise.all(places.map(({ folder }) => isThere(folder)))
  if (tree === null || there.includes(false)) return null
  const programs = places.flatMap(({ group, folder }) => Object.keys(group.packages).map((name) => [name, join(folder, name)]))
  return { programs: Object.fromEntries(programs), ...tree }
}

/** Where the groups belong as their sources are now: ask once for a build, since someone may be editing them. */
export async function placesOf({ groups, cache }: BuiltOptions): Promise<Place[]> {
  return await Promise.all(groups.map(async (group) => ({ group, folder: await groupFolder(group, cache) })))
}

/** The folder of a group's programs; its name is a hash of all that they are made from. */
async function groupFolder(group: ProgramGroup, cache: string): Promise<string> {
  // All files, not only Go's: a program may embed others.
  const files = (await readdir(group.directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const paths = files.map((file) => relative(group.directory, join(file.parentPath, file.name))).sort()
  const contents = await Promise.all(paths.map(async (path) => [path, await readFile(join(group.directory, path))]))
  const settings = [...buildFlags(group), versions().go, arch(), JSON.stringify(group.packages), group.patched ? JSON.stringify(changes) : '']
  return join(cache, 'programs', `${group.name}-${hashOf([...settings, ...contents.flat()])}`)
}
