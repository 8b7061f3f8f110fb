/** The programs that are built from the pinned modules, grouped by Go module. */
import type { ProgramGroup } from './built.ts'
import { DELVE_MODULE, KUBERNETES_MODULE } from './versions.ts'

/** The package whose compiled files make up the source that readers see. */
export const API_SERVER = 'k8s.io/kubernetes/cmd/kube-apiserver'

/** The control plane and its clients. One group, so that packages they share are compiled once. */
export const kubernetesPrograms: ProgramGroup = {
  name: 'kubernetes',
  directory: KUBERNETES_MODULE,
  packages: {
    'kube-apiserver': API_SERVER,
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    etcd: './etcd',
    etcdctl: 'go.etcd.io/etcd/etcdctl/v3',
  },
  patched: true,
}

/** The debugger, from a module of its own. */
export const delvePrograms: ProgramGroup = {
  name: 'delve',
  directory: DELVE_MODULE,
  packages: { dlv: 'github.com/go-delve/delve/cmd/dlv' },
  patched: false,
}
