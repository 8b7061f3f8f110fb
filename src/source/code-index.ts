/** Makes the code index (definitions, callers, implementers), which Go's type checker knows, and keeps it in the cache. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { hashOf, isThere, publish, sweep } from '../pins/cache.ts'
import { runChild } from '../pins/child.ts'
import { checkSpace } from '../pins/disk-space.ts'
import type { Go } from '../pins/go.ts'
import { goFailure } from '../pins/go-failure.ts'
import { API_SERVER } from '../pins/groups.ts'
import { holdLock } from '../pins/lock.ts'
import { downloadOf } from '../pins/packages.ts'
import { KUBERNETES_MODULE, versions } from '../pins/versions.ts'
import { hasPage } from './address.ts'
import { type PinnedFile, pinnedFiles } from './pinned-files.ts'

/**
 * Folder of the program, a Go module of its own. Measured on 2 cores: 20 s of CPU and 780 MB at the peak (loading all syntax at once took 2.8 GB),
 * and 34 s of CPU more to compile it into an empty Go cache.
 */
const PROGRAM = resolve('src/source/code')
/** The Go module that gives functions their names, here and in the list of functions. */
const NAMES = resolve('src/source/names')

/** Bytes of an index (measured: 16.4 million in 169 files, 3.3 million compressed), rounded up. */
const BYTES = 30e6

/** What the program counted. `pairs` are of a type and an interface it implements. */
const Summary = z.strictObject({
  files: z.int(),
  symbols: z.int(),
  identifiers: z.int(),
  calls: z.int(),
  mentions: z.int(),
  pairs: z.int(),
  shards: z.int(),
  bytes: z.int(),
})
export type Summary = z.infer<typeof Summary>

export interface CodeIndexOptions {
  /** The cache's folder, absolute. */
  cache: string
  go: Go
  signal?: AbortSignal | undefined
  /** Called with what is being done, often. */
  onProgress?: ((what: string) => void) | undefined
  /** Called once when another process is at it and this one begins to wait. */
  onWait?: (() => void) | undefined
}

/** The index of every file that has a page: its folder in the cache, made unless it is there. Throws PinsError, or the signal's reason. */
export async function buildCodeIndex({ cache, go, signal, onProgress, onWait }: CodeIndexOptions): Promise<string> {
  const files = (await pinnedFiles()).filter(hasPage)
  // One level deeper than what is built from the pins, whose unfinished folders are swept under another lock.
  const parent = join(cache, 'code')
  const folder = join(parent, 'indexes', await keyOf(files))
  if (await isThere(folder)) return folder
  await mkdir(dirname(folder), { recursive: true })
  const release = await lock(join(parent, 'code.lock'), onWait, signal)
  try {
    if (release) await sweep(parent)
    await checkSpace([{ folder: parent, bytes: BYTES }], { doing: 'the index of the code' })
    await publish(folder, async (temporary) => {
      const summary = await runProgram({ module: KUBERNETES_MODULE, root: API_SERVER, files, folder: temporary, go, signal, onProgress })
      await writeFile(join(temporary, 'summary.json'), JSON.stringify(summary))
    })
    return folder
  } finally {
    await release?.()
  }
}

export interface RunOptions extends Pick<CodeIndexOptions, 'go' | 'signal' | 'onProgress'> {
  /** Folder of the go.mod, and the package there that is indexed with all it imports. */
  module: string
  root: string
  files: readonly Pick<PinnedFile, 'file' | 'path'>[]
  /** Where the shards are written; there must be nothing else. */
  folder: string
}

/** Writes an index into a folder. Throws PinsError when Go is not satisfied with the code, or could not fetch what it needs. */
export async function runProgram({ module, root, files, folder, go, signal, onProgress }: RunOptions): Promise<Summary> {
  const list = join(folder, 'files.txt')
  await writeFile(list, files.map(({ path, file }) => `${path}\t${file}\n`).join(''))
  onProgress?.('preparing the index of the code')
  const { code, stdout, said } = await runChild({
    command: go.path,
    args: ['run', '.', module, root, list, folder],
    directory: PROGRAM,
    environment: go.environment,
    signal,
    onLine: (line) => {
      const download = downloadOf(line)
      if (download !== null) onProgress?.(`downloading ${download}`)
      else if (/^\d+ of \d+$/.test(line)) onProgress?.(`indexing the code, package ${line}`)
    },
  })
  await rm(list)
  if (code !== 0) throw goFailure('index the code of the API server', said)
  return Summary.parse(JSON.parse(stdout))
}

/** Changes with whatever the index is made from. */
async function keyOf(files: readonly PinnedFile[]): Promise<string> {
  const folders = await Promise.all([PROGRAM, NAMES].map(async (folder) => (await readdir(folder)).sort().map((name) => join(folder, name))))
  const pins = ['go.mod', 'go.sum'].map((name) => join(KUBERNETES_MODULE, name))
  const texts = await Promise.all([...folders.flat(), ...pins].map((path) => readFile(path)))
  return hashOf([versions().go, files.map(({ file }) => file).join('\n'), ...texts])
}

/** Elsewhere there is no flock; two at once then cost time and do no harm. */
async function lock(file: string, onWait: CodeIndexOptions['onWait'], signal: AbortSignal | undefined): Promise<(() => Promise<void>) | null> {
  return process.platform === 'linux' ? await holdLock({ file, signal, onWait }) : null
}
