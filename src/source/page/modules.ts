/** The modules whose files have pages, counted: what the index of the source shows. */
import { hasPage } from '../address.ts'
import { type Licence, licenceFor, originOf } from '../origin.ts'
import { type PinnedFile, pinnedFiles } from '../pinned-files.ts'

export interface ModuleOfPages {
  /** As it is addressed: `std` for the toolchain. */
  module: string
  /** As it is called: `Go standard library`. */
  name: string
  version: string
  files: number
  licence: Licence['name']
}

/** Modules in the order of their names, the toolchain last. Throws PinsError. */
export async function modulesOfPages(): Promise<ModuleOfPages[]> {
  const files = (await pinnedFiles()).filter(hasPage)
  const modules = [...Map.groupBy(files, ({ module }) => module)]
  return await Promise.all(modules.sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1)).map(([module, of]) => counted(module, of)))
}

async function counted(module: string, files: readonly PinnedFile[]): Promise<ModuleOfPages> {
  const [first] = files
  if (!first) throw new Error(`No file of ${module} has a page.`)
  const { module: name, version } = originOf(first)
  return { module, name, version, files: files.length, licence: (await licenceFor(first, [])).name }
}

/** Kubernetes comes first, as most readers look for it. */
function order(module: string): number {
  return module.startsWith('k8s.io/') ? 0 : module.includes('.') ? 1 : 2
}
