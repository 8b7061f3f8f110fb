/** Lists of the code index: who calls, who implements; long ones page by page. */
import type { ListKind, ListShard } from './shapes.ts'
import type { Shards } from './shards.ts'

/** What a list shows of a symbol: `line` is that of its declaration. */
export interface Listed {
  id: number
  name: string
  file: string
  line: number
}

/** An entry. `number` is a line of the call for `calls` and `mentions`; for types 1 when only the pointer implements; else how many. */
export interface Entry {
  symbol: Listed
  number: number
}

/** How long a symbol's lists are. */
export async function listLengths(shards: Shards, symbol: number): Promise<Record<ListKind, number>> {
  const { lists } = await shards.lists(symbol)
  const length = (kind: ListKind) => lists[kind]?.[symbol]?.[0] ?? 0
  return { calls: length('calls'), mentions: length('mentions'), by: length('by'), of: length('of') }
}

/** `count` entries of a list from `from`, counted from 0; fewer at its end. The rest of a long list is loaded when it is reached. */
export async function listEntries(shards: Shards, symbol: number, kind: ListKind, from: number, count: number): Promise<Entry[]> {
  const shard = await shards.lists(symbol)
  const [, rest = -1, ...pairs] = shard.lists[kind]?.[symbol] ?? []
  const beginning = entriesOf(shard, pairs, from, count)
  if (rest < 0 || beginning.length === count) return beginning
  const remainder = await shards.rest(rest)
  const [, , ...further] = remainder.lists[kind]?.[symbol] ?? []
  const skip = Math.max(0, from - pairs.length / 2)
  return [...beginning, ...entriesOf(remainder, further, skip, count - beginning.length)]
}

function entriesOf(shard: ListShard, pairs: readonly number[], from: number, count: number): Entry[] {
  const shown = listedOf(shard)
  const entries: Entry[] = []
  for (let at = from; at < from + count && at * 2 < pairs.length; at++) {
    const symbol = shown[pairs[at * 2] ?? -1]
    if (symbol) entries.push({ symbol, number: pairs[at * 2 + 1] ?? 0 })
  }
  return entries
}

const read = new WeakMap<ListShard, Listed[]>()

/** The symbols of a shard, read once. */
function listedOf(shard: ListShard): Listed[] {
  const before = read.get(shard)
  if (before) return before
  const names = shard.names === '' ? [] : shard.names.split(' ')
  const listed: Listed[] = []
  let id = 0
  for (let at = 0; at < shard.files.length; at += 2) {
    const [file, count] = [String(shard.files[at]), Number(shard.files[at + 1])]
    for (let left = count; left > 0; left--) {
      const place = listed.length
      id += shard.ids[place] ?? 0
      listed.push({ id, name: names[place] ?? '', file, line: shard.lines[place] ?? 0 })
    }
  }
  read.set(shard, listed)
  return listed
}
