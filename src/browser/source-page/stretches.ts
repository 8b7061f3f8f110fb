/**
 * Which lines are coloured together, so that the middle of a long file need not wait for what stands before it. A line means nothing by itself: it may
 * be in a comment or in a raw string that began above. But where Go's parser saw a function or type begin, at the very left, all that is over. Pure.
 */
import type { SourcePageData } from '../../source/page/data.ts'

/** Lines that can be coloured without those before them. */
export interface Stretch {
  /** Its first line, counted from 1, and how many it has. */
  first: number
  count: number
}

/** A part of a stretch that is coloured in one go, once what stands before it in the stretch is. */
export interface Piece extends Stretch {
  stretch: Stretch
}

/** Lines that a stretch has at least: each costs a message to the worker and back. */
const LEAST = 40
/** Lines of one piece at most: some milliseconds of work for the page. */
const MOST = 80

/** A declaration at the top level; `func(` begins a function in an expression, and types in brackets are indented. */
const TOP = /^(?:func [(\w]|type \w)/

/** Cuts a file of `count` lines. `beginning` gives at least the first six characters of a line. */
export function stretchesOf(
  { functions, types }: Pick<SourcePageData, 'functions' | 'types'>,
  count: number,
  beginning: (line: number) => string,
): Stretch[] {
  const starts = [...functions.map(([, from]) => from), ...types.map(([, , from]) => from)].sort((a, b) => a - b)
  const firsts = [1]
  for (const start of starts) if (start - (firsts.at(-1) ?? 1) >= LEAST && TOP.test(beginning(start))) firsts.push(start)
  return firsts.map((first, at) => ({ first, count: (firsts[at + 1] ?? count + 1) - first }))
}

/** Cuts stretches into pieces. */
export function piecesOf(stretches: readonly Stretch[]): Piece[] {
  return stretches.flatMap((stretch) => {
    const pieces: Piece[] = []
    const end = stretch.first + stretch.count
    for (let first = stretch.first; first < end; first += MOST) pieces.push({ stretch, first, count: Math.min(MOST, end - first) })
    return pieces
  })
}
