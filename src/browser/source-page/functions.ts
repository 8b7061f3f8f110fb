/** The functions and types of a file, asked by line or by name. Pure. */
import { near } from '../../source/near.ts'
import type { SourcePageData } from '../../source/page/data.ts'

/** `kind` is `func`, or that of a type: `struct`, `interface`, `alias`, `type`. `head` is the first line of the comment above. */
export interface Declared {
  readonly name: string
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly head: number
}

type BeginningOf = (line: number) => string

export class Declarations {
  /** Functions that stand in no other, and types, in the order of their lines. */
  readonly outer: readonly Declared[]
  readonly #functions: readonly Declared[]

  /** `beginning` gives the first characters of a line: a comment right above belongs to what it is about. */
  constructor({ functions, types }: Pick<SourcePageData, 'functions' | 'types'>, beginning: BeginningOf) {
    this.#functions = functions.map(([name, from, to]) => ({ name, kind: 'func', from, to, head: from }))
    let end = 0
    const outer = this.#functions.filter(({ from, to }) => {
      const inner = from <= end && to <= end
      if (!inner) end = to
      return !inner
    })
    this.outer = [...outer, ...types.map(([name, kind, from, to]) => ({ name, kind, from, to }))]
      .map((one) => new WithComment(one, beginning))
      .sort((a, b) => a.from - b.from || b.to - a.to)
  }

  /** The innermost function that has the line; null between functions. */
  functionAt(line: number): Declared | null {
    return this.#functions.findLast(({ from, to }) => from <= line && line <= to) ?? null
  }

  /** The outer function or the type that has the line or has its comment there; null where there is neither. */
  outerAt(line: number): Declared | null {
    const found = this.outer.find(({ to }) => line <= to)
    return found && found.head <= line ? found : null
  }

  /** The function of that name, whatever its type arguments; null when the file has none. */
  functionNamed(name: string): Declared | null {
    const wanted = bare(name)
    return this.#functions.find((one) => bare(one.name) === wanted) ?? null
  }

  /** Functions that may have been meant: the same method of another type, then names that look alike. */
  near(name: string): Declared[] {
    const last = lastWord(name)
    const same = this.#functions.filter((one) => lastWord(one.name) === last)
    const alike = near(
      name,
      this.#functions.map((one) => one.name),
    )
    const names = [...new Set([...same.map((one) => one.name), ...alike])].slice(0, 3)
    return names.flatMap((one) => this.functionNamed(one) ?? [])
  }
}

/** Looks for the comment only when it is asked for: there may be thousands of declarations, and a page is about those in its window. */
class WithComment implements Declared {
  readonly name: string
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly #beginning: BeginningOf
  #head: number | null = null

  constructor({ name, kind, from, to }: Omit<Declared, 'head'>, beginning: BeginningOf) {
    this.name = name
    this.kind = kind
    this.from = from
    this.to = to
    this.#beginning = beginning
  }

  get head(): number {
    if (this.#head !== null) return this.#head
    let first = this.from
    while (this.#beginning(first - 1).startsWith('//')) first--
    this.#head = first
    return first
  }
}

/** A name without what stands in brackets. */
export function bare(name: string): string {
  return name.replace(/\[[^\]]*\]/g, '')
}

function lastWord(name: string): string {
  return (
    bare(name.replace(/(?:\.func\d+|\.\d+)+$/, ''))
      .split('.')
      .at(-1) ?? ''
  )
}
