/** Where the authors publish a pinned file: its address in their own repository, at the very version. */
import { stagingModules, versions } from '../../pins/versions.ts'
import { type ModuleFile, STANDARD_LIBRARY } from '../address.ts'

/** Folders of etcd's modules in its repository: two are not named after their modules. */
const ETCD: Readonly<Record<string, string>> = {
  'go.etcd.io/etcd/api/v3': 'api',
  'go.etcd.io/etcd/client/pkg/v3': 'client/pkg',
  'go.etcd.io/etcd/client/v3': 'client/v3',
}

/** The address of a file that has a page. Throws when its module's repository is not known here. */
export function originLink({ module, version, inside }: ModuleFile): string {
  const at = (repository: string, tag: string, folder = '') => `https://github.com/${repository}/blob/${tag}/${folder}${inside}`
  if (module === STANDARD_LIBRARY) return at('golang/go', `go${versions().go}`, 'src/')
  if (module === 'golang.org/x/net') return at('golang/net', version)
  if (module === 'github.com/emicklei/go-restful/v3') return at('emicklei/go-restful', version)
  if (module === 'k8s.io/kubernetes') return at('kubernetes/kubernetes', version)
  if (stagingModules().includes(module)) return at('kubernetes/kubernetes', versions().kubernetes, `staging/src/${module}/`)
  const folder = ETCD[module]
  if (folder !== undefined) return at('etcd-io/etcd', version, `${folder}/`)
  const { name } = /^k8s\.io\/(?<name>[^/]+)(?:\/v\d+)?$/.exec(module)?.groups ?? {}
  if (name === undefined) throw new Error(`The repository of ${module} is not known: add it to src/source/page/origin-link.ts.`)
  return at(`kubernetes/${name}`, commitOf(version))
}

/** The commit that a pseudo-version names, `v0.0.0-20260101000000-0123456789ab`; other versions are tags. */
function commitOf(version: string): string {
  return /-(?:0\.)?\d{14}-(?<commit>[0-9a-f]{12})$/.exec(version)?.groups?.commit ?? version
}
