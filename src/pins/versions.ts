/** The pinned versions, read from the `go.mod` files, which are the one place where they are written. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PinsError } from './pins-error.ts'

/** Folders of the Go modules. Three, since Delve and pprof would raise the versions that kube-apiserver is released with. */
export const KUBERNETES_MODULE = resolve('src/pins/kubernetes')
export const DELVE_MODULE = resolve('src/pins/delve')
export const PPROF_MODULE = resolve('src/pins/pprof')

/** Versions as Go writes them, with a leading v, except `go`, which is bare: `1.26.8`. */
export interface Versions {
  kubernetes: string
  /** Of every `k8s.io/*` module that is developed in the Kubernetes repository. */
  staging: string
  etcd: string
  delve: string
  pprof: string
  go: string
}

/** Reads the pinned versions. Throws PinsError when a `go.mod` does not name one. */
export function versions(): Versions {
  const kubernetes = readGoMod(KUBERNETES_MODULE)
  const delve = readGoMod(DELVE_MODULE)
  return {
    kubernetes: required(kubernetes, 'k8s.io/kubernetes'),
    staging: required(kubernetes, 'k8s.io/apiserver'),
    etcd: required(kubernetes, 'go.etcd.io/etcd/server/v3'),
    delve: required(delve, 'github.com/go-delve/delve'),
    pprof: required(readGoMod(PPROF_MODULE), 'github.com/google/pprof'),
    go: find(kubernetes, /^toolchain go(\S+)$/m, 'toolchain'),
  }
}

/** Module paths under `k8s.io/` that live in the Kubernetes repository itself, below `staging/src`. */
export function stagingModules(): string[] {
  const { text } = readGoMod(KUBERNETES_MODULE)
  return [...text.matchAll(/^\t(k8s\.io\/\S+) => /gm)].map((match) => String(match[1]))
}

interface GoMod {
  file: string
  text: string
}

function readGoMod(directory: string): GoMod {
  const file = resolve(directory, 'go.mod')
  return { file, text: readFileSync(file, 'utf8') }
}

function required(goMod: GoMod, module: string): string {
  return find(goMod, new RegExp(`^(?:\\t|require )${module.replaceAll('.', '\\.')} (v\\S+)`, 'm'), module)
}

function find(goMod: GoMod, pattern: RegExp, what: string): string {
  const version = pattern.exec(goMod.text)?.[1]
  if (version === undefined) throw new PinsError(`${goMod.file} names no version of ${what}.`, `Add it to ${goMod.file}.`)
  return version
}
