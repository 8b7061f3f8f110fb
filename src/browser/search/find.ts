/**
 * Finds functions: every part of a query scored against the few different words, then the functions by what their words came to. Own code, since
 * libraries answered half of what people ask (numbers in tests/fixtures/search/queries.yaml, and by `npm run bench search`).
 */

import { ABSTRACT, EXPORTED, type FunctionTable, OPEN } from './function-table.ts'
import { type Asked, EXACT, scoreTypo, scoreWord } from './match-word.ts'
import { type Part, type Query, readQuery } from './query.ts'
import type { Words } from './words.ts'

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

/** What may differ between what was typed and a word. */
type Score = 'as typed' | 'one mistake' | 'exact'

const SCORES: Record<Score, (words: Words, number: number, ask: Asked) => number> = {
  'as typed': scoreWord,
  'one mistake': (words, number, ask) => scoreWord(words, number, ask) || scoreTypo(words, number, ask),
  exact: (words, number, ask) => ((words.lower[number] as string) === ask.lower ? EXACT : 0),
}

/** What a part came to: by name, by receiver, by file (its package and its own name); zeros where it does not ask for that. */
interface Scored {
  names: Float32Array
  receivers: Float32Array
  files: Float32Array
}

function rank(table: FunctionTable, { parts, joined }: Query, limit: number, score: Score): Omit<Found, 'query'> {
  const weights = parts.length === 1 ? ALONE : BESIDE
  const sums = sumOf(table, parts, weights, score)
  for (const { whole, rest } of joined) {
    const names = scoreAll(table.names, whole, 1, 'exact')
    if (!names.some((points) => points > 0)) continue
    const others = sumOf(table, rest, weights, score, { ...nothing(table), names })
    for (let place = 0; place < sums.length; place++) if ((others[place] as number) > (sums[place] as number)) sums[place] = others[place] as number
  }
  const { file, marks, standing } = table.columns
  const scores = new Int16Array(table.size)
  const histogram = new Int32Array(HIGHEST)
  let count = 0
  for (let place = 0; place < scores.length; place++) {
    const sum = sums[place] as number
    if (sum === 0) continue
    const bits = marks[place] as number
    let points = sum + (STANDING[standing[place] as 0] as number) - (table.fileCost[file[place] as number] as number)
    if ((bits & EXPORTED) === 0) points -= UNEXPORTED
    if ((bits & OPEN) === 0) points -= OF_UNEXPORTED
    if ((bits & ABSTRACT) !== 0) points -= ASKED_OF_INTERFACES
    const kept = points < 1 ? 1 : points >= HIGHEST ? HIGHEST - 1 : Math.round(points)
    scores[place] = kept
    histogram[kept] = (histogram[kept] as number) + 1
    count++
  }
  return { hits: best(table, scores, histogram, limit), count }
}

/** The mean of what all parts came to, for every function; 0 where one came to nothing. */
function sumOf(table: FunctionTable, parts: readonly Part[], weights: typeof ALONE, score: Score, also?: Scored): Float32Array {
  const scored = [...(also ? [also] : []), ...parts.map((part) => scorePart(table, part, weights, score))]
  // Not 0, which says that a part was missing.
  const sums = new Float32Array(table.size).fill(1)
  for (const one of scored) addPart(table, sums, one, scored.length)
  return sums
}

/** Adds what a part came to, the best of its three; a function that lacks a part has no sum any more. */
function addPart(table: FunctionTable, sums: Float32Array, { names, receivers, files }: Scored, parts: number): void {
  const { name, receiver, file } = table.columns
  for (let place = 0; place < sums.length; place++) {
    if (sums[place] === 0) continue
    let most = names[name[place] as number] as number
    const byReceiver = receivers[receiver[place] as number] as number
    const byFile = files[file[place] as number] as number
    if (byReceiver > most) most = byReceiver
    if (byFile > most) most = byFile
    sums[place] = most === 0 ? 0 : (sums[place] as number) + most / parts
  }
}

/** Above every score that can be had. */
const HIGHEST = 1500

/** The places with the highest scores; those with the same, by the length of their names, then of their packages' paths. */
function best(table: FunctionTable, scores: Int16Array, histogram: Int32Array, limit: number): Hit[] {
  let least = HIGHEST - 1
  for (let seen = 0; least > 1 && seen + (histogram[least] as number) < limit; least--) seen += histogram[least] as number
  const hits: Hit[] = []
  for (let place = 0; place < scores.length; place++) {
    if ((scores[place] as number) >= least) hits.push({ place, score: scores[place] as number, line: null })
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
let zeros: Scored = { names: new Float32Array(0), receivers: new Float32Array(0), files: new Float32Array(0) }
function nothing({ names, receivers, files }: FunctionTable): Scored {
  if (zeros.names.length !== names.size || zeros.receivers.length !== receivers.size || zeros.files.length !== files.length) {
    zeros = { names: new Float32Array(names.size), receivers: new Float32Array(receivers.size), files: new Float32Array(files.length) }
  }
  return zeros
}

function scorePart(table: FunctionTable, part: Part, weights: typeof ALONE, score: Score): Scored {
  switch (part.is) {
    case 'name':
      return { ...nothing(table), names: scoreAll(table.names, part.ask, 1, score) }
    case 'path':
      return { ...nothing(table), files: byPackage(table, (segments) => scorePath(segments, `/${part.path}`)) }
    case 'file': {
      const packages = part.path === '' ? null : byPackage(table, (segments) => scorePath(segments, `/${part.path}`))
      const stem = part.name.toLowerCase()
      const files = byFile(table, ({ lower }, at) => (lower === stem ? (packages?.[at] ?? EXACT) : 0))
      return { ...nothing(table), files }
    }
    case 'receiver':
      return { ...nothing(table), receivers: scoreAll(table.receivers, part.ask, weights.receiver, score) }
    case 'package':
    case 'owner':
    case 'any': {
      const packageScores = scoreAll(table.packageWords, part.ask, weights.package, score)
      const fileScores = part.is === 'any' ? scoreAll(table.fileWords, part.ask, weights.file, score) : null
      const segment = `/${part.ask.lower}/`
      const byPackages = table.packages.map(({ word, name, segments }) => {
        const named = Math.max(packageScores[word] as number, packageScores[name] as number)
        // Any other segment of the path, whole.
        return named || (segments.includes(segment) ? 0.7 * weights.package * EXACT : 0)
      })
      const files = byFile(table, (file, at) =>
        Math.max(byPackages[file.package] as number, fileScores ? (fileScores[table.fileWord[at] as number] as number) : 0),
      )
      return {
        names: part.is === 'any' ? scoreAll(table.names, part.ask, 1, score) : nothing(table).names,
        receivers: part.is === 'package' ? nothing(table).receivers : scoreAll(table.receivers, part.ask, weights.receiver, score),
        files,
      }
    }
  }
}

/** Scores of whole lists of words, kept from one keystroke to the next: of `etcd3 store cr` only the last part is new. The oldest comes first. */
const kept = new Map<string, { words: Words; scores: Float32Array }>()
const MOST_KEPT = 32

function scoreAll(words: Words, ask: Asked, weight: number, score: Score): Float32Array {
  const key = `${score} ${words.id} ${weight} ${ask.text}`
  const known = kept.get(key)
  // Words only ever become more.
  if (known?.words === words && known.scores.length === words.size) return known.scores
  const one = SCORES[score]
  const scores = new Float32Array(words.size)
  for (let number = 0; number < scores.length; number++) {
    const points = one(words, number, ask)
    if (points > 0) scores[number] = points * weight
  }
  kept.delete(key)
  kept.set(key, { words, scores })
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return scores
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

/** The function around a line in each file that is meant. */
function atPlace(table: FunctionTable, path: string, name: string, line: number, limit: number): Omit<Found, 'query'> {
  const wanted = name.toLowerCase()
  const scores = new Map<number, number>()
  // Whoever builds elsewhere has other folders before the module's: those go, one after the other, until a package fits.
  for (let left = path; scores.size === 0; left = left.slice(left.indexOf('/') + 1)) {
    for (const [at, file] of table.files.entries()) {
      if (file.lower !== wanted) continue
      const points = left === '' ? EXACT : scorePath(table.packages[file.package]?.segments ?? '', `/${left}`)
      if (points > 0) scores.set(at, points - (table.fileCost[at] ?? 0) + (file.onTheWay ? STANDING[1] : 0))
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
