/** The programs that are built from the pinned modules, grouped by Go module. */
import type { ProgramGroup } from './built.ts'
import { DELVE_MODULE, KUBERNETES_MODULE, PPROF_MODULE } from './versions.ts'

/** The package whose compiled files make up the source that readers see. */
export const API_SERVER = 'k8s.io/kubernetes/cmd/kube-apiserver'

/** The control plane, its clients and the receiver of its spans. One group, so that packages they share are compiled once. */
export const kubernetesPrograms: ProgramGroup = {
  name: 'kubernetes',
  directory: KUBERNETES_MODULE,
  packages: {
    'kube-apiserver': API_SERVER,
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    etcd: './etcd',
    etcdctl: 'go.etcd.io/etcd/etcdctl/v3',
    spans: './spans',
  },
  debugged: true,
  patched: true,
}

/** The API server as it was released. Built when a walk first asks for it. */
export const unchangedPrograms: ProgramGroup = {
  name: 'unchanged',
  directory: KUBERNETES_MODULE,
  packages: { 'kube-apiserver': API_SERVER },
  debugged: true,
  patched: false,
}

/** The debugger, from a module of its own. */
export const delvePrograms: ProgramGroup = {
  name: 'delve',
  directory: DELVE_MODULE,
  packages: { dlv: 'github.com/go-delve/delve/cmd/dlv' },
  debugged: false,
  patched: false,
}

/** The reader of profiles, and a `go` that starts it: Go itself is not in a sandbox. */
export const pprofPrograms: ProgramGroup = {
  name: 'pprof',
  directory: PPROF_MODULE,
  packages: { pprof: 'github.com/google/pprof', go: './go' },
  debugged: false,
  patched: false,
}
