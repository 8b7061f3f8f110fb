/** How far a build is and how long it may still take, from what Go says it is compiling. Knows no processes and no files. */
import type { BuildProgress } from './built.ts'

/** What there is to build: each package's and each program's work, in bytes of source or their worth in time. */
export interface Work {
  packages: ReadonlyMap<string, number>
  programs: ReadonlyMap<string, number>
}

/** Share of the work that must be done before an estimate is worth showing. */
const ENOUGH = 0.02

/** Follows a build. Times are milliseconds of any clock that only goes forward. */
export class BuildClock {
  readonly #packages: Map<string, number>
  readonly #programs: Map<string, number>
  readonly #all: number
  readonly #total: number
  #done = 0
  #doneWork = 0
  #compiling: string | null = null
  #begun = false
  readonly #began: number
  #estimate: { at: number; seconds: number } | null = null

  constructor({ packages, programs }: Work, now: number) {
    this.#packages = new Map(packages)
    this.#programs = new Map(programs)
    this.#all = packages.size + programs.size
    this.#total = sum(packages) + sum(programs)
    this.#began = now
  }

  /** Go began to compile a package; what it compiled before is taken for done. Packages it turned out to have already are never named. */
  compiling(importPath: string, now: number): void {
    const work = this.#packages.get(importPath)
    // A program's own package is not counted: its work is the linking that follows.
    if (work === undefined && importPath.includes(' ')) return
    if (this.#compiling !== null) this.#finish(now)
    this.#begun = true
    this.#packages.delete(importPath)
    this.#compiling = work === undefined ? null : importPath
    this.#doneWork += work ?? 0
  }

  /** A program was linked: its file is there. */
  linked(program: string, now: number): void {
    const work = this.#programs.get(program)
    if (work === undefined) return
    this.#programs.delete(program)
    this.#doneWork += work
    this.#finish(now)
  }

  /** A group of programs is complete: what it did not have to compile counts as done too. */
  complete({ packages, programs }: Work, now: number): void {
    if (this.#compiling !== null) this.#finish(now)
    this.#compiling = null
    for (const name of packages.keys()) this.#drop(this.#packages, name)
    for (const name of programs.keys()) this.#drop(this.#programs, name)
    this.#estimateAt(now)
  }

  /** As of now. While nothing finishes, the seconds left count down but never reach zero. */
  progress(now: number): BuildProgress {
    const [program] = this.#programs.keys()
    const after = program === undefined ? 'finishing' : `linking ${program}`
    const what = this.#compiling ?? (this.#begun || this.#packages.size === 0 ? after : 'starting the compiler')
    const estimate = this.#estimate
    const secondsLeft = estimate === null ? null : Math.max(1, Math.round(estimate.seconds - (now - estimate.at) / 1000))
    return { what, done: this.#done, all: this.#all, secondsLeft }
  }

  #finish(now: number): void {
    this.#done += 1
    this.#estimateAt(now)
  }

  #drop(from: Map<string, number>, name: string): void {
    const work = from.get(name)
    if (work === undefined) return
    from.delete(name)
    this.#done += 1
    this.#doneWork += work
  }

  #estimateAt(now: number): void {
    if (this.#doneWork < this.#total * ENOUGH) return
    const elapsed = (now - this.#began) / 1000
    this.#estimate = { at: now, seconds: (elapsed * (this.#total - this.#doneWork)) / this.#doneWork }
  }
}

function sum(work: ReadonlyMap<string, number>): number {
  return [...work.values()].reduce((total, one) => total + one, 0)
}
