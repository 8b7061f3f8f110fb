/** What a source page is told of its file, as JSON inside the page: shapes only. Lists are short forms, since there are thousands of pages. */
import type { Fate } from '../../book/drift.ts'

/** A step of the book. `href` is its address below the site's root. */
export interface BookStep {
  /** The chapter's title. */
  chapter: string
  href: string
  /** Its number in its walk, counted from 1. */
  step: number
  title: string
}

/** A place where the book stops, and the steps that halt there. */
export interface StopHere {
  line: number
  function: string
  steps: readonly BookStep[]
}

/** A line of the release that this build changes. */
export interface ChangedHere {
  line: number
  from: string
  why: string
}

/** A recorded stack. Frames are the innermost first: file in the debug information, line, whole function. */
export interface RecordedStack {
  step: BookStep
  frames: readonly (readonly [file: string, line: number, name: string])[]
}

/** How the recordings pass through a function. */
export interface Passing {
  /** Which of the page's stacks went through it, and in which frame. */
  stack: number
  frame: number
  /** The first step of each chapter that does. */
  steps: readonly BookStep[]
}

/** Where a line of the book is in other releases, by minor version. */
export interface MovedLine {
  function: string
  line: number
  fates: Readonly<Record<string, Fate>>
}

export interface SourcePageData {
  /** The file's name in the debug information: `k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go`. */
  file: string
  /** The module's version, or the toolchain's, `go1.26.8`. */
  version: string
  /** How Delve's `break` takes the file in a sandbox: `etcd3/store.go`; null when it cannot tell it from others. */
  at: string | null
  /** Functions, methods and closures, in the order of their first lines, named as Delve names them. */
  functions: readonly (readonly [name: string, from: number, to: number])[]
  types: readonly (readonly [name: string, kind: string, from: number, to: number])[]
  stops?: readonly StopHere[]
  changed?: readonly ChangedHere[]
  stacks?: readonly RecordedStack[]
  /** By the function's name without type arguments. */
  passing?: Readonly<Record<string, Passing>>
  moved?: readonly MovedLine[]
}
