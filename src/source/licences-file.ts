/** The text of LICENSES.txt, which goes with the source files of a built site: each module, its licence, and every licence's words. */
import { relative } from 'node:path'
import { type LicenceFolder, licenceOf } from './licence.ts'
import { originOf } from './origin.ts'
import type { PinnedFile } from './pinned-files.ts'
import { changedLines } from './source-text.ts'

const RULE = '='.repeat(80)

/** The whole text. Modules under the very same words share them. Throws when a file has no licence. */
export async function licencesText(files: readonly PinnedFile[]): Promise<string> {
  const names = new Map<string, string>()
  const owners = new Map<string, string[]>()
  for (const [directory, { file, licence }] of await licenceFolders(files)) {
    const { module, version } = originOf(file)
    const part = relative(file.directory, directory)
    const owner = `${module} ${version}${part && ` (${part})`}`
    names.set(owner, licence.name)
    const words = licence.texts.map((text) => text.trim()).join('\n\n')
    owners.set(words, [...(owners.get(words) ?? []), owner])
  }
  const list = [...names].map(([owner, name]) => `${owner}: ${name}`).sort()
  const changes = Object.entries(await changedLines(files)).flatMap(([file, changed]) =>
    changed.map(({ line, from, to }) => `${file}:${line}: the release has "${from}", here is "${to}"`),
  )
  const texts = [...owners].map(([words, whose]) => `${RULE}\n${whose.sort().join('\n')}\n${RULE}\n\n${words}\n`)
  return [
    'The Go files in this folder are those that kube-apiserver is compiled from, as their authors published them, apart from these',
    'lines, which the book changes, and marks wherever it shows them:',
    '',
    ...changes,
    '',
    'They stand under these licences; the words of each follow.',
    '',
    ...list,
    '',
    ...texts,
  ].join('\n')
}

async function licenceFolders(files: readonly PinnedFile[]): Promise<Map<string, { file: PinnedFile; licence: LicenceFolder }>> {
  const folders = new Map<string, { file: PinnedFile; licence: LicenceFolder }>()
  for (const file of files) {
    const licence = await licenceOf(file)
    if (!folders.has(licence.directory)) folders.set(licence.directory, { file, licence })
  }
  return folders
}
