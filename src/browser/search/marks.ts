/** Which letters of a name were asked for. */
import { humpPlaces } from './humps.ts'
import type { Query } from './query.ts'
import { matchTypo } from './typo.ts'

/** A piece of a text, and whether it was asked for. */
export interface Piece {
  text: string
  marked: boolean
}

/** Cuts a function's name (`in: 'name'`) or its receiver into pieces. */
export function pieces(text: string, query: Query | null, where: 'name' | 'receiver'): Piece[] {
  const lower = text.toLowerCase()
  const marked = new Set<number>()
  for (const part of query?.parts ?? []) {
    if (!('ask' in part) || part.is === 'package') continue
    if (where === 'name' ? part.is === 'owner' || part.is === 'receiver' : part.is === 'name') continue
    for (const place of placesOf(text, lower, part.ask)) marked.add(place)
  }
  return cut(text, marked)
}

function placesOf(text: string, lower: string, ask: Extract<Query['parts'][number], { ask: unknown }>['ask']): number[] {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)
  const exact = text.indexOf(ask.text)
  const at = exact >= 0 ? exact : ask.initials ? -1 : lower.indexOf(ask.lower)
  if (at >= 0) return range(at, at + ask.lower.length)
  const humps = ask.humps === 'no' ? [] : humpPlaces(text, lower, ask.lower, { fromFirst: ask.humps === 'perhaps', singly: ask.initials })
  if (humps.length > 0) return humps
  const typo = ask.typo && matchTypo(lower, ask.typo)
  return typo ? range(typo.from, typo.to) : []
}

function cut(text: string, marked: ReadonlySet<number>): Piece[] {
  const found: Piece[] = []
  for (let at = 0; at < text.length; at++) {
    const last = found.at(-1)
    if (last?.marked === marked.has(at)) last.text += text[at]
    else found.push({ text: text[at] ?? '', marked: marked.has(at) })
  }
  return found
}
