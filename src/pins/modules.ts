/** Where the pinned modules that kube-apiserver is compiled from lie on this machine. */
import { runChild } from './child.ts'
import { findGo, type Go } from './go.ts'
import { goFailure } from './go-failure.ts'
import { API_SERVER } from './groups.ts'
import { listPackages, type Package } from './packages.ts'
import { KUBERNETES_MODULE } from './versions.ts'

/** One module, pristine: `key` is how paths of the debug information begin, `k8s.io/apiserver@v0.36.3`. */
export interface PinnedModule {
  version: string
  directory: string
  key: string
}

export interface ModulesOptions {
  go?: Go
  signal?: AbortSignal
  /** Called with the name of each module that is being downloaded: `k8s.io/api v0.36.3`. */
  onDownload?: (module: string) => void
}

let apiServer: Promise<Package[]> | undefined

/** Every package of kube-apiserver as released. Asked once per process; a failure is not remembered. */
export async function apiServerPackages({ go, signal, onDownload }: ModulesOptions = {}): Promise<Package[]> {
  const list = async () =>
    await listPackages({ go: go ?? (await findGo()), directory: KUBERNETES_MODULE, packages: [API_SERVER], signal, onDownload })
  apiServer ??= list().catch((error: unknown) => {
    apiServer = undefined
    throw error
  })
  return await apiServer
}

/** The modules compiled into kube-apiserver by module path, downloading what is missing. Throws PinsError. */
export async function pinnedModules(options: ModulesOptions = {}): Promise<Map<string, PinnedModule>> {
  const modules = new Map<string, PinnedModule>()
  for (const { Module: module } of await apiServerPackages(options)) {
    if (module?.Version === undefined || module.Dir === undefined) continue
    modules.set(module.Path, { version: module.Version, directory: module.Dir, key: `${module.Path}@${module.Version}` })
  }
  return modules
}

/** The folder of the pinned Go toolchain; its standard library is in `src`. Throws PinsError. */
export async function goRoot(go?: Go): Promise<string> {
  const { path, environment } = go ?? (await findGo())
  const { code, stdout, said } = await runChild({ command: path, args: ['env', 'GOROOT'], directory: KUBERNETES_MODULE, environment })
  if (code !== 0) throw goFailure('fetch the pinned toolchain', said)
  return stdout.trim()
}
