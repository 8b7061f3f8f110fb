/** What a build will have to do: the packages that are not compiled yet, weighed by their size. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Work } from './build-clock.ts'
import type { ProgramGroup } from './built.ts'
import { buildFlags, type Place } from './built-already.ts'
import type { Go } from './go.ts'
import { listPackages, type Package } from './packages.ts'

/** Linking all programs of a group takes as long as compiling this share of its source (measured on two cores). */
const LINK_SHARE = 0.06

/** What a package costs whatever its size: starting the compiler takes as long as compiling so many bytes (measured on two cores). */
const EACH = 16_384

export interface PlanOptions {
  place: Place
  go: Go
  /** The generated `go.mod` of a patched group. */
  modfile: string | null
  signal?: AbortSignal | undefined
  onDownload: (module: string) => void
}

/** How to build a group, and the work that is left. */
export interface Plan {
  group: ProgramGroup
  /** Where its programs go. */
  folder: string
  flags: readonly string[]
  work: Work
  /** Size of everything the programs are compiled from, stale or not. */
  sourceBytes: number
}

/** Asks Go what it would do, with exactly the flags of the build. Downloads missing modules. Throws PinsError. */
export async function planGroup({ place: { group, folder }, go, modfile, signal, onDownload }: PlanOptions): Promise<Plan> {
  const flags = [...buildFlags(group), ...(modfile === null ? [] : [`-modfile=${modfile}`])]
  const packages = await listPackages({
    go,
    directory: group.directory,
    packages: Object.values(group.packages),
    buildFlags: flags,
    signal,
    onDownload,
  })
  const sizes = new Map(await Promise.all(packages.map(async (one) => [one.ImportPath, await bytesOf(one)] as const)))
  const all = [...sizes.values()].reduce((total, size) => total + size, 0)
  // Go calls every program stale, since it is not installed anywhere; it is compiled anew only if something below it is.
  const stale = packages.filter(({ Stale, Name }) => Stale && Name !== 'main')
  return {
    group,
    folder,
    flags,
    sourceBytes: all,
    work: {
      packages: new Map(stale.map(({ ImportPath }) => [ImportPath, EACH + (sizes.get(ImportPath) ?? 0)])),
      programs: new Map(Object.keys(group.packages).map((name) => [name, (all * LINK_SHARE) / Object.keys(group.packages).length])),
    },
  }
}

/** Several groups' work as one. */
export function together(works: readonly Work[]): Work {
  return {
    packages: new Map(works.flatMap(({ packages }) => [...packages])),
    programs: new Map(works.flatMap(({ programs }) => [...programs])),
  }
}

async function bytesOf({ Dir, GoFiles, ImportPath }: Package): Promise<number> {
  if (ImportPath === 'unsafe') return 0
  const sizes = await Promise.all(GoFiles.map(async (name) => (await stat(join(Dir, name))).size))
  return sizes.reduce((total, size) => total + size, 0)
}
