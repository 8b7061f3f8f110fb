/** Builds the API server without the book's changes: for the few walks that show what its real time limits do. */
import { join } from 'node:path'
import { type BuildOptions, build } from './build.ts'
import type { Unchanged } from './built.ts'
import { findGo } from './go.ts'
import { unchangedPrograms } from './groups.ts'
import { changes, downloadModule, PATCHED_MODULE } from './patch.ts'

/** Resolves when it is in the cache; only what stands above the two changed packages is compiled anew. Rejects like `build`. */
export async function buildUnchanged(options: Omit<BuildOptions, 'groups'>): Promise<Unchanged> {
  const go = options.go ?? (await findGo())
  const { programs } = await build({ ...options, go, groups: [unchangedPrograms] })
  const module = await downloadModule(go, options.signal)
  return {
    apiServer: programs['kube-apiserver'] as string,
    released: changes.map(({ file }) => ({ file: `staging/src/${PATCHED_MODULE}/${file}`, path: join(module, file) })),
  }
}
