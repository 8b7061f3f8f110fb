/** Says where a piece of source comes from and under which licence it stands, for display beside it. */
import { versions } from '../pins/versions.ts'
import { STANDARD_LIBRARY } from './address.ts'
import { licenceOf } from './licence.ts'
import type { PinnedFile } from './pinned-files.ts'

/** The module and its version: `k8s.io/apiserver` `v0.36.3`, `Go standard library` `go1.26.8`; `path` is the file's inside it. */
export interface Origin {
  module: string
  version: string
  path: string
}

/** The licence's name, and who holds the copyright as the file's own head says it; null when it says nothing. */
export interface Licence {
  name: string
  copyright: string | null
}

export function originOf(file: PinnedFile): Origin {
  if (file.module !== STANDARD_LIBRARY) return { module: file.module, version: file.version, path: file.inside }
  return { module: 'Go standard library', version: `go${versions().go}`, path: file.inside }
}

/** The licence of a file with these lines. Throws when its module has none. */
export async function licenceFor(file: PinnedFile, lines: readonly string[]): Promise<Licence> {
  const code = lines.findIndex((line) => line.startsWith('package '))
  const head = lines.slice(0, code).find((line) => /\bcopyright\b/i.test(line))
  const { name } = await licenceOf(file)
  return { name, copyright: head?.replace(/^[\s/*]+/, '').trim() ?? null }
}
