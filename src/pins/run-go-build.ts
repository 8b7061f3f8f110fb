/** One `go build`: a group's programs into a folder that appears when all of them are there. */
import { watch } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from './build-plan.ts'
import { publish } from './cache.ts'
import { runChild } from './child.ts'
import type { Go } from './go.ts'
import { goFailure } from './go-failure.ts'

export interface GoBuildOptions {
  plan: Plan
  go: Go
  signal?: AbortSignal | undefined
  onCompiling: (importPath: string) => void
  onLinked: (program: string) => void
}

/** The plan's folder is made only when everything is built. Rejects with PinsError, or with the signal's reason. */
export async function runGoBuild({ plan: { group, folder, flags }, go, signal, onCompiling, onLinked }: GoBuildOptions): Promise<void> {
  await publish(folder, async (temporary) => {
    const programs = join(temporary, 'programs')
    const work = join(temporary, 'work')
    for (const each of [programs, work]) await mkdir(each)
    // Go moves each program here as soon as it is linked.
    const watcher = watch(programs, (_, name) => {
      if (name !== null) onLinked(name)
    })
    try {
      const { code, said } = await runChild({
        command: go.path,
        args: ['build', '-v', ...flags, '-o', `${programs}/`, ...Object.values(group.packages)],
        directory: group.directory,
        // On the file system of the cache, where a link costs nothing, and not in /tmp, which may be memory.
        environment: { ...go.environment, GOTMPDIR: work },
        signal,
        onLine: onCompiling,
      })
      if (code !== 0) throw goFailure(`build ${Object.keys(group.packages).join(', ')}`, said)
    } finally {
      watcher.close()
    }
    await rm(work, { recursive: true, force: true })
    const names = await readdir(programs)
    const missing = Object.keys(group.packages).filter((name) => !names.includes(name))
    if (missing.length > 0) throw new Error(`Go named the programs of ${group.name} ${names.join(', ')}; ${missing.join(', ')} is not among them.`)
    for (const name of names) await rename(join(programs, name), join(temporary, name))
    await rm(programs, { recursive: true })
  })
}
