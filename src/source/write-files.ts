/** Writes the compiled files that have no page into the built site, where a pane fetches the one it needs. */
import { constants } from 'node:fs'
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasPage } from './address.ts'
import { eachOf } from './each-of.ts'
import { licencesText } from './licences-file.ts'
import { sharedEnds } from './location.ts'
import { type PinnedFile, pinnedFiles } from './pinned-files.ts'
import { changedLines, changesOf, sourceText } from './source-text.ts'

export interface WriteOptions {
  /** Called after each file with how many are done of all. */
  onProgress?: (done: number, all: number) => void
  signal?: AbortSignal
}

/**
 * Writes `<directory>/source/files/<file>.txt` for every compiled file that has no page, LICENSES.txt beside them, `changed-lines.json`, by
 * which panes mark what is not the release's, and `shared-ends.json`, by which they tell how short a location may be.
 * Files that are there already are kept, so that an interrupted run is taken up again. Resolves with the number of Go files.
 */
export async function writeSourceFiles(directory: string, { onProgress, signal }: WriteOptions = {}): Promise<number> {
  const root = join(directory, 'source/files')
  const all = await pinnedFiles()
  const files = all.filter((file) => !hasPage(file))
  const folders = new Set(files.map(({ file }) => dirname(join(root, file))))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  let done = 0
  await eachOf(files, signal, async (file) => {
    await write(file, join(root, `${file.file}.txt`))
    onProgress?.(++done, files.length)
  })
  await writeFile(join(root, 'LICENSES.txt'), await licencesText(all))
  await writeFile(join(root, 'changed-lines.json'), JSON.stringify(await changedLines(all)))
  await writeFile(join(root, 'shared-ends.json'), JSON.stringify(await sharedEnds()))
  return files.length
}

async function write(file: PinnedFile, target: string): Promise<void> {
  if (changesOf(file).length > 0) {
    const { lines } = await sourceText(file)
    return await writeFile(target, `${lines.join('\n')}\n`)
  }
  // A module's version is in the path, so the same size means the same text; the toolchain's is not.
  if (file.version !== '' && (await size(target)) === (await size(file.path))) return
  // A copy, not a hard link: whatever works on the built site must not reach into the module cache. Cheap where the disk can share blocks.
  await copyFile(file.path, target, constants.COPYFILE_FICLONE)
}

/** Bytes of a file; null when it is not there. */
async function size(path: string): Promise<number | null> {
  return await stat(path).then(
    (found) => found.size,
    () => null,
  )
}
