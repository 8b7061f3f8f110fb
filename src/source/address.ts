/** Where a pinned file has its page, and which file a page shows. Pure: the build and the page use the same code. */

/** The name under which the toolchain's own packages are addressed, as if they were a module. */
export const STANDARD_LIBRARY = 'std'

/** Modules whose every compiled file has a page; of others only some folders have. */
const WHOLE = /^(?:k8s\.io\/|go\.etcd\.io\/etcd\/(?:api|client|client\/pkg)\/v3$|github\.com\/emicklei\/go-restful\/v3$)/
/** Folders that have pages, by module; the folders inside them have none. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'golang.org/x/net': ['http2'],
  [STANDARD_LIBRARY]: ['net/http', 'crypto/tls'],
}

/** A file of a module. `inside` is its path in the module. */
export interface ModuleFile {
  module: string
  /** As in the module graph, `v0.36.3`; empty for the standard library. */
  version: string
  inside: string
}

/** What a name in the debug information means: `k8s.io/apiserver@v0.36.3/pkg/server/config.go`, or `net/http/server.go` for the toolchain. */
export function moduleFile(file: string): ModuleFile {
  const { module = STANDARD_LIBRARY, version = '', inside = file } = /^(?<module>[^@]+)@(?<version>[^/]+)\/(?<inside>.+)$/.exec(file)?.groups ?? {}
  return { module, version, inside }
}

/** Whether a file has a page, is found by search, and is in the code index: one set for all three. */
export function hasPage({ module, inside }: Pick<ModuleFile, 'module' | 'inside'>): boolean {
  return WHOLE.test(module) || (FOLDERS[module]?.includes(inside.slice(0, Math.max(0, inside.lastIndexOf('/')))) ?? false)
}

/** The address of a file's page below the site's root: `source/k8s.io/apiserver/pkg/server/config.go/`. The version is left out, so that links live on. */
export function sourceAddress({ module, inside }: Pick<ModuleFile, 'module' | 'inside'>): string {
  return `source/${module}/${inside}/`
}
