/** The reader's breakpoints, with the places they have in the source. */
import type { ApiBreakpoint } from './api.ts'
import type { DelveClient } from './rpc.ts'
import type { Breakpoint, Place } from './state.ts'
import { place } from './target.ts'

/** Breakpoints, and places of one breakpoint, that are told: one on a regular expression can have thousands. */
const MAX_BREAKPOINTS = 500
const MAX_PLACES = 20

/** Reads them in the order of their numbers. Rejects with DelveError. */
export async function readBreakpoints(client: DelveClient): Promise<Breakpoint[]> {
  const all = await client.listBreakpoints()
  // Negative numbers are Delve's own: unrecovered panics, fatal throws.
  const set = all.filter((breakpoint) => breakpoint.id > 0).sort((a, b) => a.id - b.id)
  return Promise.all(
    set.slice(0, MAX_BREAKPOINTS).map(async (breakpoint) => ({
      id: breakpoint.id,
      name: breakpoint.name,
      places: await placesOf(client, breakpoint),
      condition: breakpoint.Cond,
      disabled: breakpoint.disabled,
    })),
  )
}

/** A breakpoint of several addresses has one file and line only when they agree; else each address is asked for. */
async function placesOf(client: DelveClient, breakpoint: ApiBreakpoint): Promise<Place[]> {
  if (breakpoint.addrs.length === 0) return []
  if (breakpoint.line > 0) return [place({ file: breakpoint.file, line: breakpoint.line, function: { name: breakpoint.functionName ?? '???' } })]
  const found = await Promise.all(breakpoint.addrs.slice(0, MAX_PLACES).map((address) => client.findLocation(`*0x${address.toString(16)}`)))
  return found.flat().map(place)
}
