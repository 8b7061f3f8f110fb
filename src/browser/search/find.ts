/**
 * Finds functions: every part of a query scored against the few different words, then the functions by what their words came to. Own code, since
 * libraries answered half of what people ask (numbers in tests/fixtures/search/queries.yaml, and by `npm run bench search`).
 */

import { ABSTRACT } from '../../source/function-list-format.ts'
import type { FunctionTable } from './function-table.ts'
import { type Asked, EXACT } from './match-word.ts'
import { type Part, type Query, readQuery } from './query.ts'
import { keep, type Score, scoreWords } from './score-words.ts'
import { type PartScores, Tally } from './tally.ts'
import { CAPITAL } from './words.ts'

/** A function found: its place in the table, its score, and the line that is meant if that is not its own. */
export interface Hit {
  place: number
  score: number
  line: number | null
}

export interface Found {
  /** The best, best first. */
  hits: readonly Hit[]
  /** How many there are in all. */
  count: number
  /** What was looked for; null when nothing was. */
  query: Query | null
}

/** What a function's place in the book adds: nothing, in a file on the way, in a recorded stack, in the text. */
const STANDING = [0, 60, 200, 260] as const
const ASKED_OF_INTERFACES = 25
const UNEXPORTED = 40
const OF_UNEXPORTED = 8
/** A match in the receiver or package says less than one in the name, when it is all that was asked for. */
const ALONE = { receiver: 0.7, package: 0.5, file: 0.42 }
const BESIDE = { receiver: 0.94, package: 0.9, file: 0.7 }
/** When the best hit is no better than this, mistakes are looked for. */
const POOR = 450

/** Finds what `typed` asks for; at most `limit` hits. */
export function findFunctions(table: FunctionTable, typed: string, limit: number): Found {
  const query = readQuery(typed)
  if (!query) return { hits: [], count: 0, query }
  const place = query.parts[0]
  if (query.parts.length === 1 && place?.is === 'file' && place.line !== null)
    return { ...atPlace(table, place.path, place.name, place.line, limit), query }
  let found = rank(table, query, limit, 'as typed')
  if ((found.hits[0]?.score ?? 0) <= POOR) found = rank(table, query, limit, 'one mistake')
  if (found.count > 0) return { ...found, query }
  // Paths may be of another time, packages have aliases, methods move: what is left is better than nothing.
  for (const dropped of [
    ['path', 'package'],
    ['path', 'package', 'receiver', 'owner'],
  ]) {
    const parts = query.parts.filter(({ is }) => !dropped.includes(is))
    if (parts.length === 0 || parts.length === query.parts.length) continue
    found = rank(table, { parts, joined: [] }, limit, 'as typed')
    if (found.count > 0) break
  }
  return { ...found, query }
}

/** What all parts came to, and what they came to where two of them were read as one. */
const tally = new Tally()
const joinedTally = new Tally()
/** The scores of the places in `tally`. */
let scores = new Int16Array(0)
/** Above every score that can be had. */
const HIGHEST = 1500

function rank(table: FunctionTable, { parts, joined }: Query, limit: number, score: Score): Omit<Found, 'query'> {
  const weights = parts.length === 1 ? ALONE : BESIDE
  const scored = parts.map((part) => scorePart(table, part, weights, score))
  tally.sum(table.columns, scored)
  for (const { whole, rest } of joined) {
    const { any, scores: names } = scoreWords(table.names, whole, 1, 'exact')
    if (!any) continue
    joinedTally.sum(table.columns, [{ ...nothing(table), names }, ...rest.map((part) => scorePart(table, part, weights, score))])
    tally.best(joinedTally)
  }
  const { file, marks, standing, name, receiver } = table.columns
  const { count, places, sums } = tally
  if (scores.length < count) scores = new Int16Array(table.size)
  const histogram = new Int32Array(HIGHEST)
  for (let at = 0; at < count; at++) {
    const place = places[at] as number
    const owner = receiver[place] as number
    // Not 0, which is what a function has that lacks something.
    let points =
      1 +
      (sums[place] as number) +
      (STANDING[standing[place] as 0] as number) -
      (table.files[file[place] as number] as FunctionTable['files'][number]).cost
    if (((table.names.masks[name[place] as number] as number) & CAPITAL) === 0) points -= UNEXPORTED
    if (((table.receivers.masks[owner] as number) & CAPITAL) === 0 && table.receivers.texts[owner] !== '') points -= OF_UNEXPORTED
    if (((marks[place] as number) & ABSTRACT) !== 0) points -= ASKED_OF_INTERFACES
    const kept = points < 1 ? 1 : points >= HIGHEST ? HIGHEST - 1 : Math.round(points)
    scores[at] = kept
    histogram[kept] = (histogram[kept] as number) + 1
  }
  return { hits: best(table, histogram, limit), count }
}

/** The places with the highest scores; those with the same, by the length of their names, then of their packages' paths. */
function best(table: FunctionTable, histogram: Int32Array, limit: number): Hit[] {
  let least = HIGHEST - 1
  for (let seen = 0; least > 1 && seen + (histogram[least] as number) < limit; least--) seen += histogram[least] as number
  const hits: Hit[] = []
  for (let at = 0; at < tally.count; at++) {
    if ((scores[at] as number) >= least) hits.push({ place: tally.places[at] as number, score: scores[at] as number, line: null })
  }
  const { name, receiver, file } = table.columns
  const length = (place: number) =>
    (table.names.texts[name[place] as number] as string).length + (table.receivers.texts[receiver[place] as number] as string).length
  const depth = (place: number) => table.packages[table.files[file[place] as number]?.package ?? 0]?.path.length ?? 0
  hits.sort(
    (one, other) =>
      other.score - one.score || length(one.place) - length(other.place) || depth(one.place) - depth(other.place) || one.place - other.place,
  )
  return hits.slice(0, limit)
}

/** Zeros for a part that does not ask for something, made once for a table of this size. */
let zeros: PartScores = { names: new Float32Array(0), receivers: new Float32Array(0), files: new Float32Array(0) }
function nothing({ names, receivers, files }: FunctionTable): PartScores {
  if (zeros.names.length !== names.size || zeros.receivers.length !== receivers.size || zeros.files.length !== files.length) {
    zeros = { names: new Float32Array(names.size), receivers: new Float32Array(receivers.size), files: new Float32Array(files.length) }
  }
  return zeros
}

function scorePart(table: FunctionTable, part: Part, weights: typeof ALONE, score: Score): PartScores {
  switch (part.is) {
    case 'name':
      return { ...nothing(table), names: scoreWords(table.names, part.ask, 1, score).scores }
    case 'path':
      return { ...nothing(table), files: byPackage(table, (segments) => scorePath(segments, `/${part.path}`)) }
    case 'file': {
      const packages = part.path === '' ? null : byPackage(table, (segments) => scorePath(segments, `/${part.path}`))
      const stem = stemOf(part.name)
      const files = byFile(table, ({ word }, at) => (table.fileWords.lower[word] === stem ? (packages?.[at] ?? EXACT) : 0))
      return { ...nothing(table), files }
    }
    case 'receiver':
      return { ...nothing(table), receivers: scoreWords(table.receivers, part.ask, weights.receiver, score).scores }
    case 'package':
    case 'owner':
    case 'any': {
      const { is, ask } = part
      const files = keep(`files ${is} ${score} ${table.names.id} ${weights.package} ${ask.text}`, table.files.length, () =>
        byPackageOrFile(table, part, weights, score),
      )
      const { names, receivers } = nothing(table)
      return {
        names: is === 'any' ? scoreWords(table.names, ask, 1, score).scores : names,
        receivers: is === 'package' ? receivers : scoreWords(table.receivers, ask, weights.receiver, score).scores,
        files,
      }
    }
  }
}

function byPackageOrFile(table: FunctionTable, { is, ask }: { is: Part['is']; ask: Asked }, weights: typeof ALONE, score: Score): Float32Array {
  const { scores: packageScores } = scoreWords(table.packageWords, ask, weights.package, score)
  const fileScores = is === 'any' ? scoreWords(table.fileWords, ask, weights.file, score).scores : null
  const segment = `/${ask.lower}/`
  const byPackages = table.packages.map(({ word, name, segments }) => {
    const named = Math.max(packageScores[word] as number, packageScores[name] as number)
    // Any other segment of the path, whole.
    return named || (segments.includes(segment) ? 0.7 * weights.package * EXACT : 0)
  })
  return byFile(table, (file) => Math.max(byPackages[file.package] as number, fileScores ? (fileScores[file.word] as number) : 0))
}

function byPackage(table: FunctionTable, score: (segments: string) => number): Float32Array {
  const packages = table.packages.map(({ segments }) => score(segments))
  return byFile(table, (file) => packages[file.package] as number)
}

function byFile(table: FunctionTable, score: (file: FunctionTable['files'][number], at: number) => number): Float32Array {
  const scores = new Float32Array(table.files.length)
  for (let at = 0; at < scores.length; at++) scores[at] = score(table.files[at] as FunctionTable['files'][number], at)
  return scores
}

/**
 * How well the path of a package ends as what was asked for; that may begin with folders of some machine, or go on being typed.
 * `segments` is `/k8s.io/apiserver/pkg/`, `wanted` is `/apiserver/pkg`.
 */
function scorePath(segments: string, wanted: string): number {
  const at = segments.indexOf(wanted)
  if (at < 0) return wanted.endsWith(segments.slice(0, -1)) ? 0.9 * EXACT : 0
  if (at + wanted.length + 1 < segments.length) return 0.6 * EXACT
  return at === 0 ? EXACT : 0.95 * EXACT
}

/** `store` of `store.go`. */
function stemOf(name: string): string {
  return name.slice(0, -'.go'.length).toLowerCase()
}

/** The function around a line in each file that is meant. */
function atPlace(table: FunctionTable, path: string, name: string, line: number, limit: number): Omit<Found, 'query'> {
  const stem = stemOf(name)
  const scores = new Map<number, number>()
  // Whoever builds elsewhere has other folders before the module's: those go, one after the other, until a package fits.
  for (let left = path; scores.size === 0; left = left.slice(left.indexOf('/') + 1)) {
    for (const [at, file] of table.files.entries()) {
      if (table.fileWords.lower[file.word] !== stem) continue
      const points = left === '' ? EXACT : scorePath(table.packages[file.package]?.segments ?? '', `/${left}`)
      if (points > 0) scores.set(at, points - file.cost + (file.onTheWay ? STANDING[1] : 0))
    }
    if (!left.includes('/')) break
  }
  const { file: files, line: lines, standing } = table.columns
  const nearest = new Map<number, number>()
  for (let place = 0; place < files.length; place++) {
    const file = files[place] as number
    // Functions come in the order of their lines: the last one that begins before the line has it.
    if (scores.has(file) && ((lines[place] as number) <= line || !nearest.has(file))) nearest.set(file, place)
  }
  const hits = [...nearest].map(([file, place]) => ({
    place,
    score: Math.round((scores.get(file) ?? 0) + (STANDING[standing[place] as 0] as number)),
    line,
  }))
  hits.sort((one, other) => other.score - one.score || one.place - other.place)
  return { hits: hits.slice(0, limit), count: hits.length }
}
