/** Other releases of Kubernetes that the book is compared with, and where their source lies. Nothing is built from them. */
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { runChild } from './child.ts'
import { findGo, type Go } from './go.ts'
import { goFailure } from './go-failure.ts'
import { PinsError } from './pins-error.ts'
import { stagingModules } from './versions.ts'

/** The exact patch release that stands for each minor version. */
export const RELEASES: Readonly<Record<string, string>> = { 'v1.33': 'v1.33.13', 'v1.34': 'v1.34.4', 'v1.35': 'v1.35.4' }

const KUBERNETES = 'k8s.io/kubernetes'
const Downloaded = z.object({ Dir: z.string().optional(), Error: z.string().optional() })

export interface Release {
  /** `v1.35.4`. */
  version: string
  /** The folder of a module at the version that this release is built from. Throws PinsError when it uses no such module. */
  directoryOf(module: string): Promise<string>
}

/** The release that stands for `minor`, `v1.35`. Throws PinsError when none is named or it cannot be downloaded. */
export async function openRelease(minor: string, go?: Go): Promise<Release> {
  const version = RELEASES[minor]
  if (version === undefined)
    throw new PinsError(`No release stands for "${minor}".`, `Name one of ${Object.keys(RELEASES).join(', ')}, or add it to src/pins/releases.ts.`)
  const found = go ?? (await findGo())
  const known = new Map<string, Promise<string>>()
  const download = (module: string, at: string) => {
    const asked = known.get(module) ?? downloaded(found, `${module}@${at}`)
    known.set(module, asked)
    return asked
  }
  const staging = new Set(stagingModules())
  const requires = async () => await readFile(join(await download(KUBERNETES, version), 'go.mod'), 'utf8')
  return {
    version,
    directoryOf: async (module) => {
      if (module === KUBERNETES) return await download(module, version)
      if (staging.has(module)) return await download(module, version.replace(/^v1\./, 'v0.'))
      const at = new RegExp(`^\\t(?:[\\w./-]+ )?${module.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(await requires())?.[1]
      if (at === undefined)
        throw new PinsError(`Kubernetes ${version} requires no module "${module}".`, 'Nothing can be done: the place is not in that release.')
      return await download(module, at)
    },
  }
}

async function downloaded({ path, environment }: Go, module: string): Promise<string> {
  // Outside any module, so that no go.mod is in the way.
  const { code, stdout, said } = await runChild({ command: path, args: ['mod', 'download', '-json', module], directory: tmpdir(), environment })
  const answer = Downloaded.safeParse(code === 0 ? JSON.parse(stdout) : null)
  if (!answer.success || answer.data.Dir === undefined) throw goFailure(`download ${module}`, said)
  return answer.data.Dir
}
