/** What a finished build hands to whoever makes sandboxes. */

/** Where everything a sandbox runs lies on this machine. */
export interface Built {
  /** Absolute path of each program by its name: kube-apiserver, kubectl, dlv … */
  programs: Readonly<Record<string, string>>
  /** A folder laid out like the Kubernetes repository (`pkg`, `plugin`, `staging/src/k8s.io/…`, `vendor/…`, `go/src/…` for the toolchain), read-only. */
  source: string
  /** Delve's substitute-path rules: from a path of the debug information to one relative to `source`, longest first. */
  substitute: readonly (readonly [from: string, to: string])[]
}

/** The API server as it was released, for sandboxes that show the real time limits. */
export interface Unchanged {
  /** Absolute path of the program. */
  apiServer: string
  /** Its text where it differs from `Built.source`: the file's place in that folder, and the released file on this machine. */
  released: readonly { file: string; path: string }[]
}

/** One group of programs built from one Go module with one `go build`. */
export interface ProgramGroup {
  /** Short name, part of the cache folder's name. */
  name: string
  /** Folder of the `go.mod`. */
  directory: string
  /** Packages to build, by program name. */
  packages: Readonly<Record<string, string>>
  /** Whether readers debug one of them. Delve itself is not debugged, and reads the debug information in half the time when it is optimised. */
  debugged: boolean
  /** Whether `k8s.io/apiserver` is replaced by the patched copy. */
  patched: boolean
}

/** How far the build is. `done` and `all` count packages of all groups; `what` is a package, or words for another stage. */
export interface BuildProgress {
  what: string
  done: number
  all: number
  /** Seconds, from the sizes of what is built and what is left; null until there is something to go by. */
  secondsLeft: number | null
}
