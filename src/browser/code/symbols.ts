/** What a file declares, read from its entry in the index. */
import type { FileEntry } from './shapes.ts'

const KINDS = {
  f: 'function',
  m: 'method',
  a: 'interface method',
  i: 'interface',
  t: 'type',
  s: 'field',
  v: 'variable',
  c: 'constant',
} as const

export type SymbolKind = (typeof KINDS)[keyof typeof KINDS]

/** Something that is declared. `line` is that of its name, where its signature begins; lines count from 1. */
export interface CodeSymbol {
  id: number
  kind: SymbolKind
  /** As Delve prints it for functions: `(*store).Create`; with its type for fields and methods of interfaces: `Interface.Create`. */
  name: string
  file: string
  line: number
  /** The last line of the signature; for types and interfaces of the whole declaration. */
  to: number
  /** The first line of its doc comment, which ends on the line above the signature; `line` when there is none. */
  doc: number
}

/** The symbols of a file, numbered from `first`. */
export function symbolsOf({ file, names, kinds, lines, more, docs }: FileEntry, first: number): CodeSymbol[] {
  let owner = ''
  let line = 0
  const spelled = names === '' ? [] : names.split(' ')
  return spelled.map((spelling, at) => {
    const kind = KINDS[kinds[at] as keyof typeof KINDS]
    if (kind === 'type' || kind === 'interface') owner = spelling
    line += lines[at] ?? 0
    const name = spelling.startsWith('.') ? owner + spelling : spelling
    return { id: first + at, kind, name, file, line, to: line + (more[at] ?? 0), doc: line - (docs[at] ?? 0) }
  })
}
