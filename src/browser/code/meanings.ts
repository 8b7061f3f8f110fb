/** Reads the codes of a file: what each of its identifiers means. The counterpart of `src/source/code/uses.go`. */
import type { Identifier } from './identifiers.ts'
import type { FileEntry, FileShard } from './shapes.ts'

/** A symbol by its number, a package or something in one, the identifier that declares something local (by its place), or nothing. */
export type Meaning =
  | { is: 'symbol'; id: number }
  | { is: 'package'; folder: string }
  | { is: 'outside'; folder: string }
  | { is: 'local'; at: number }
  | { is: 'nothing' }

const NOTHING: Meaning = { is: 'nothing' }

/**
 * The meaning of each identifier. `first` is the number of the file's first symbol. Throws when the index was made of another text.
 */
export function meaningsOf(
  { packages }: FileShard,
  { file, codes, targets }: FileEntry,
  first: number,
  identifiers: readonly Identifier[],
): Meaning[] {
  const meanings: Meaning[] = []
  const last = new Map<string, Meaning>()
  const targetOf = (at: number) => target(targets[at], packages)
  let symbols = first
  let known = 0
  for (const [code] of codes.matchAll(/e?(?:[.slt_]|-?\d+[rb])/g)) {
    const at = meanings.length
    const name = identifiers[at]?.name ?? ''
    // An embedded field is a symbol, too, but whoever asks what stands there means the type.
    const [kind, number] = code.startsWith('e') ? [code.at(-1), Number.parseInt(code.slice(1), 10)] : [code.at(-1), Number.parseInt(code, 10)]
    if (code.startsWith('e')) symbols++
    let meaning: Meaning = NOTHING
    if (kind === '.') meaning = last.get(name) ?? NOTHING
    else if (kind === 's') meaning = { is: 'symbol', id: symbols++ }
    else if (kind === 'l') meaning = { is: 'local', at }
    else if (kind === 't') meaning = targetOf(known++)
    else if (kind === 'r') meaning = targetOf(number)
    else if (kind === 'b') meaning = { is: 'local', at: at - number }
    last.set(name, meaning)
    meanings.push(meaning)
  }
  if (meanings.length !== identifiers.length) {
    throw new Error(`The code index was made of another text of ${file}: it has ${meanings.length} identifiers, this one ${identifiers.length}.`)
  }
  return meanings
}

function target(number: number | undefined, packages: readonly string[]): Meaning {
  if (number === undefined) return NOTHING
  if (number >= 0) return { is: 'symbol', id: number }
  const folder = packages[(-1 - number) >> 1] ?? ''
  return number % 2 === 0 ? { is: 'outside', folder } : { is: 'package', folder }
}
