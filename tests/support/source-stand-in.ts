/** Stands for the laid-out source of Kubernetes in a cache, so that building small programs need not lay it out. */
import { mkdir } from 'node:fs/promises'
import { patchedAt } from '../../src/pins/patch.ts'
import { makeSourceTree } from '../../src/pins/source-tree.ts'

/** Makes folders that look finished, with no rules and no files in them. */
export async function standInForSource(cache: string): Promise<void> {
  const { folder } = await patchedAt(cache)
  await mkdir(folder, { recursive: true })
  await makeSourceTree(cache, async () => [])
}
