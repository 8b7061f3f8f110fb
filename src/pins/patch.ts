/** The one change to the pins: two time limits of the API server that a reader's pause would exceed. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hashOf, publish } from './cache.ts'
import { runChild } from './child.ts'
import type { Go } from './go.ts'
import { goFailure } from './go-failure.ts'
import { linkTree } from './link-tree.ts'
import { PinsError } from './pins-error.ts'
import { KUBERNETES_MODULE, versions } from './versions.ts'

/** The module that is changed. */
export const PATCHED_MODULE = 'k8s.io/apiserver'

/** A change within one line, so that no line moves. `file` is relative to the module; `from` stands there exactly once. */
export interface Change {
  file: string
  from: string
  to: string
  why: string
}

/** Every change there is. Said beside each excerpt that shows one of these files. */
export const changes: readonly Change[] = [
  {
    file: 'pkg/endpoints/handlers/rest.go',
    from: 'requestTimeoutUpperBound = 34 * time.Second',
    to: 'requestTimeoutUpperBound = 24 * time.Hour',
    why: 'A write that is paused in the debugger for longer than this would be answered with 504, and nothing would be stored.',
  },
  {
    file: 'pkg/admission/plugin/resourcequota/controller.go',
    from: 'time.After(10 * time.Second)',
    to: 'time.After(24 * time.Hour)',
    why: 'A request that waits for its quota to be checked while the checker is paused would be refused with an internal error.',
  },
]

/** The changed copy: its folder, and the `go.mod` that puts it in the place of the released module (for `-modfile`). */
export interface Patched {
  directory: string
  modfile: string
}

/** Where the copy is or will be; the folder's name says which pins and changes it was made from. Reads two small files. */
export async function patchedAt(cache: string): Promise<Patched & { folder: string }> {
  const pins = await Promise.all(['go.mod', 'go.sum'].map((name) => readFile(join(KUBERNETES_MODULE, name))))
  const folder = join(cache, 'patched', hashOf([JSON.stringify(changes), ...pins]))
  return { folder, directory: join(folder, 'apiserver'), modfile: join(folder, 'go.mod') }
}

/** Makes the copy unless it is there. Call it under the build lock. Throws PinsError when a change does not fit. */
export async function patchApiServer({ go, cache, signal }: { go: Go; cache: string; signal?: AbortSignal | undefined }): Promise<Patched> {
  const { folder, directory, modfile } = await patchedAt(cache)
  await publish(folder, async (temporary) => {
    const pristine = await downloadModule(go, signal)
    const copy = join(temporary, 'apiserver')
    await linkTree(pristine, copy, (path) => changes.some(({ file }) => file === path))
    for (const change of changes) {
      const text = applyChange(await readFile(join(pristine, change.file), 'utf8'), change)
      await mkdir(dirname(join(copy, change.file)), { recursive: true })
      await writeFile(join(copy, change.file), text)
    }
    const goMod = await readFile(join(KUBERNETES_MODULE, 'go.mod'), 'utf8')
    await writeFile(join(temporary, 'go.mod'), replaceModule(goMod, directory))
    await copyFile(join(KUBERNETES_MODULE, 'go.sum'), join(temporary, 'go.sum'))
  })
  return { directory, modfile }
}

/** Applies a change to the text of its file. Throws PinsError with the candidates when `from` is not there exactly once. */
export function applyChange(text: string, { file, from, to }: Change): string {
  const lines = text.split('\n')
  const hits = text.split(from).length - 1
  if (hits === 1) return text.replace(from, () => to)
  const name = /\w+/.exec(from)?.[0] ?? from
  const near = lines.flatMap((line, index) => (line.includes(name) ? [`${file}:${index + 1}: ${line.trim()}`] : []))
  const candidates = near.length > 0 ? `Lines with "${name}":\n${near.join('\n')}` : `No line has even "${name}".`
  throw new PinsError(
    `The change to ${PATCHED_MODULE} ${versions().staging} must match one line of ${file}, but "${from}" matches ${hits}. ${candidates}`,
    'Adapt `changes` in src/pins/patch.ts to this version.',
  )
}

/** The `go.mod` with the module replaced by a folder. */
function replaceModule(goMod: string, directory: string): string {
  const rule = new RegExp(`^(\\t${PATCHED_MODULE.replaceAll('.', '\\.')} => ).*$`, 'm')
  if (!rule.test(goMod)) throw new PinsError(`src/pins/kubernetes/go.mod does not replace ${PATCHED_MODULE}.`, 'Add its replace line.')
  return goMod.replace(rule, (_, start: string) => start + JSON.stringify(directory))
}

/** Where the released module lies on this machine; downloads it when it is missing. Throws PinsError. */
export async function downloadModule(go: Go, signal: AbortSignal | undefined): Promise<string> {
  const args = ['mod', 'download', '-json', PATCHED_MODULE]
  const { code, stdout, said } = await runChild({ command: go.path, args, directory: KUBERNETES_MODULE, environment: go.environment, signal })
  if (code !== 0) throw goFailure(`download ${PATCHED_MODULE}`, [...said, stdout])
  return String(JSON.parse(stdout).Dir)
}
