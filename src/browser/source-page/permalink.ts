/** Links that find their line in other versions too: they carry the module's version and the function. Pure. */
import { bare, type Declarations, type Declared } from './functions.ts'
import { hashOf, type Lines } from './target.ts'

/** `?at=v0.36.3&in=(*store).Create#L312`; without `in` between functions. */
export function permalink(version: string, name: string | null, lines: Lines): string {
  return `?at=${encodeURIComponent(version)}${name ? `&in=${encodeURIComponent(name)}` : ''}${hashOf(lines)}`
}

/** What a permalink means for the file as it is here. */
export type Resolved =
  /** No permalink, or one of this very version: its lines are right. */
  | { is: 'here' }
  /** Another version, and the lines are in the function still: they may have moved. */
  | { is: 'kept'; version: string; name: string; lines: Lines }
  /** Another version: the function is elsewhere, so this is its first line. */
  | { is: 'moved'; version: string; name: string; lines: Lines }
  /** Another version, and nothing to find the line by. */
  | { is: 'unknown'; version: string; lines: Lines | null }
  | { is: 'gone'; version: string; name: string; near: readonly Declared[] }

/** Resolves a query for a file of `version`. `lines` are those that the fragment names. */
export function resolve(query: string, version: string, lines: Lines | null, declared: Declarations): Resolved {
  const parameters = new URLSearchParams(query)
  const [at, name] = [parameters.get('at'), parameters.get('in')]
  if (at === null || at === version) {
    if (lines || name === null) return { is: 'here' }
    const found = declared.functionNamed(name)
    return found ? { is: 'moved', version, name, lines: firstLine(found) } : { is: 'gone', version, name, near: declared.near(name) }
  }
  if (name === null) return { is: 'unknown', version: at, lines }
  const found = declared.functionNamed(name)
  if (!found) return { is: 'gone', version: at, name, near: declared.near(name) }
  const within = lines !== null && found.from <= lines.from && lines.to <= found.to
  return within ? { is: 'kept', version: at, name: bare(name), lines } : { is: 'moved', version: at, name: bare(name), lines: firstLine(found) }
}

function firstLine({ from }: Declared): Lines {
  return { from, to: from }
}
