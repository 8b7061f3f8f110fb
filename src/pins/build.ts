/** Builds the programs of a sandbox from the pinned modules into the cache, and lays out their source. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BuildClock } from './build-clock.ts'
import { type Plan, planGroup, together } from './build-plan.ts'
import type { BuildProgress, Built } from './built.ts'
import { type BuiltOptions, type Place, placesOf, readBuilt } from './built-already.ts'
import { isThere, sweep } from './cache.ts'
import { checkSpace, diskFull, isDiskFull, type Need } from './disk-space.ts'
import { findGo, type Go, goFolders } from './go.ts'
import { API_SERVER } from './groups.ts'
import { holdLock } from './lock.ts'
import { listPackages } from './packages.ts'
import { type Patched, patchApiServer } from './patch.ts'
import { runGoBuild } from './run-go-build.ts'
import { makeSourceTree } from './source-tree.ts'
import { KUBERNETES_MODULE } from './versions.ts'

export interface BuildOptions extends BuiltOptions {
  /** Found by `findGo` when not given. */
  go?: Go
  signal?: AbortSignal
  onProgress?: (progress: BuildProgress) => void
}

/** Milliseconds between two reports while nothing finishes: the seconds left go on counting down. */
const TICK = 1_000

/** Bytes that each byte of source becomes: compiled, in Go's build cache and once more in its work folder; and in the programs (measured, rounded up). */
const COMPILED_BYTES = 10
const PROGRAM_BYTES = 6

/**
 * Builds what is missing and resolves when all of it is in the cache. Safe to call from several processes at once: one builds, the others wait
 * and find it done. What an interrupted build compiled is kept by Go. Rejects with PinsError, or with the signal's reason.
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { cache, signal, onProgress } = options
  const places = await placesOf(options)
  const already = await readBuilt(places, cache)
  if (already !== null) return already
  const go = options.go ?? (await findGo())
  try {
    await mkdir(cache, { recursive: true })
    const onWait = () => onProgress?.(stage('waiting for another start, which is building'))
    const release = await holdLock({ file: join(cache, 'build.lock'), signal, onWait })
    try {
      return (await readBuilt(places, cache)) ?? (await buildMissing(places, options, go))
    } finally {
      await release()
    }
  } catch (error) {
    throw isDiskFull(error) ? await diskFull([cache, ...Object.values(await goFolders(go))], error) : error
  }
}

async function buildMissing(places: readonly Place[], options: BuildOptions, go: Go): Promise<Built> {
  const { cache, signal, onProgress } = options
  let downloads = 0
  const onDownload = (module: string) => {
    downloads += 1
    onProgress?.(stage(`downloading ${module} (module ${downloads})`))
  }
  await sweep(cache)
  onProgress?.(stage('looking at what is there'))
  const patched = await patchApiServer({ go, cache, signal })
  const plans: Plan[] = []
  for (const place of places) {
    if (await isThere(place.folder)) continue
    plans.push(await planGroup({ place, go, modfile: place.group.patched ? patched.modfile : null, signal, onDownload }))
  }
  await checkSpace(await needs(plans, cache, go))
  onProgress?.(stage('laying out the source'))
  await layOutSource(cache, go, patched, signal)
  await compile(plans, options, go)
  const built = await readBuilt(places, cache)
  if (built === null) throw new Error(`What was built in ${cache} vanished while it was in use.`)
  return built
}

async function compile(plans: readonly Plan[], { signal, onProgress }: BuildOptions, go: Go): Promise<void> {
  const clock = new BuildClock(together(plans.map(({ work }) => work)), performance.now())
  const tell = () => onProgress?.(clock.progress(performance.now()))
  const ticking = setInterval(tell, TICK)
  try {
    for (const plan of plans) {
      await runGoBuild({
        plan,
        go,
        signal,
        onCompiling: (importPath) => {
          clock.compiling(importPath, performance.now())
          tell()
        },
        onLinked: (program) => {
          clock.linked(program, performance.now())
          tell()
        },
      })
      clock.complete(plan.work, performance.now())
      tell()
    }
  } finally {
    clearInterval(ticking)
  }
}

async function layOutSource(cache: string, go: Go, { modfile }: Patched, signal: AbortSignal | undefined): Promise<void> {
  const buildFlags = [`-modfile=${modfile}`]
  await makeSourceTree(cache, async () => await listPackages({ go, directory: KUBERNETES_MODULE, packages: [API_SERVER], buildFlags, signal }))
}

async function needs(plans: readonly Plan[], cache: string, go: Go): Promise<Need[]> {
  const { GOCACHE } = await goFolders(go)
  const sum = (work: ReadonlyMap<string, number>) => [...work.values()].reduce((total, one) => total + one, 0)
  const compiled = COMPILED_BYTES * plans.reduce((total, { work }) => total + sum(work.packages), 0)
  const programs = PROGRAM_BYTES * plans.reduce((total, { sourceBytes }) => total + sourceBytes, 0)
  return [
    { folder: GOCACHE, bytes: compiled },
    { folder: cache, bytes: compiled + programs },
  ]
}

function stage(what: string): BuildProgress {
  return { what, done: 0, all: 0, secondsLeft: null }
}
