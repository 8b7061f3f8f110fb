/** Reads what was typed or pasted: names, words, lines of stacks, places in files, declarations. */
import { type Asked, asked } from './match-word.ts'

/**
 * One thing that a function must have. `any`: a word of its name, receiver, package or file. `name`: of its name. `owner`: its receiver or
 * package. `receiver`, `package`: that and nothing else. `path`: the end of its package's path. `file`: its file, perhaps with the end of the
 * path before it.
 */
export type Part =
  | { is: 'any' | 'name' | 'owner' | 'receiver' | 'package'; ask: Asked }
  | { is: 'path'; path: string }
  /** `line` is the place that is meant in it, or null. */
  | { is: 'file'; path: string; name: string; line: number | null }

export interface Query {
  parts: readonly Part[]
  /** Plain words written as one name, all of them, for `guaranteed update`, or two that stand beside each other, with what is left. */
  joined: readonly { whole: Asked; rest: readonly Part[] }[]
}

/** What stacks, debuggers and editors put around a name. */
const AROUND: readonly RegExp[] = [
  /^created by /,
  / in goroutine \d+$/,
  /^(?:\d+\s+)?0x[0-9a-f]+ in /i,
  /^(?:b|break|trace|list)\s+(?=\S*[./(])/,
  /^>\s*(?:\[[^\]]*\]\s*)?/,
  /\s\+0x[0-9a-f]+$/i,
]

/** Names of closures and wrappers that the compiler makes: they lead to the function they stand in. */
const MADE = /^(?:func\d+|gowrap\d+|\d+|\d+-range\d+|func\d+-range\d+)$/

/** Reads a query; null when there is nothing in it to look for. */
export function readQuery(typed: string): Query | null {
  const text = AROUND.reduce((left, around) => left.replace(around, ''), typed.normalize('NFKC').trim())
  const declared = declaration(text)
  if (declared) return { parts: declared, joined: [] }
  const words = withoutArguments(text)
    .split(/[\s,;|"'`<>]+/)
    .filter(Boolean)
  const places = words.map(placeIn)
  const named = words.filter((_, at) => places[at] === null).map(partsOf)
  const qualified = named.find((parts) => parts.length > 1 && parts.some(({ is }) => is === 'path'))
  // A line of a stack: function and place. The function is what is meant, since lines move.
  if (qualified) return { parts: qualified, joined: [] }
  const place = places.find((found) => found !== null)
  if (place && (place.line !== null || words.length === 1)) return { parts: [place], joined: [] }
  const parts = [...named.flat(), ...places.filter((found) => found !== null)]
  if (parts.length === 0) return null
  return { parts, joined: joinedWords(parts) }
}

function joinedWords(parts: readonly Part[]): Query['joined'] {
  const words = parts.flatMap((part) => (part.is === 'any' ? [part.ask.text] : []))
  if (words.length < 2 || words.length < parts.length) return []
  const pairs =
    words.length === 2
      ? []
      : words
          .slice(1)
          .map((word, at) => ({ whole: asked(`${words[at]}${word}`), rest: parts.filter((_, other) => other !== at && other !== at + 1) }))
  return [{ whole: asked(words.join('')), rest: [] }, ...pairs]
}

/** `func (s *store) Create(` as it stands in a file. */
function declaration(text: string): Part[] | null {
  const { receiver, name } = /^func\s+(?:\(\s*(?:\w+\s+)?\*?(?<receiver>\w+)[^)]*\)\s*)?(?<name>\w+)/.exec(text)?.groups ?? {}
  if (name === undefined) return null
  return [...(receiver === undefined ? [] : [{ is: 'receiver', ask: asked(receiver) } as const]), { is: 'name', ask: asked(name) }]
}

/** Takes out what a stack says in parentheses: `(0xc000123, …)`, `({0x…}, …)`, `()`. A receiver stands in them, too, and stays. */
function withoutArguments(text: string): string {
  return text.replace(/\((?:0x|\{|\.\.\.|\))[^\s]*(?:\s(?:0x|\{|\.\.\.)[^\s]*)*/g, '')
}

/** `storage/etcd3/store.go:274`, as it is or with a folder of some machine before it; null for anything else. */
function placeIn(word: string): Extract<Part, { is: 'file' }> | null {
  const { path = '', name, line } = /^(?<path>.*?)(?<name>[^/]+\.go)(?::(?<line>\d+))?(?::\d+)?[:.)]*$/.exec(word)?.groups ?? {}
  if (name === undefined) return null
  return { is: 'file', path: cleanPath(path), name, line: line === undefined ? null : Number(line) }
}

function partsOf(word: string): Part[] {
  const slash = word.lastIndexOf('/')
  if (slash < 0) return chain(word, null)
  const [first = '', ...names] = dotted(word.slice(slash + 1))
  const path = cleanPath(`${word.slice(0, slash)}/${first}`)
  if (path === '') return chain(names.join('.'), null)
  return names.length === 0 ? [{ is: 'path', path }] : chain(names.join('.'), path)
}

/** Names with dots between them: owners, and the function at the end. */
function chain(word: string, path: string | null): Part[] {
  const names = dotted(word)
  const kept = names.filter((name, at) => name !== '' && (at === 0 || !MADE.test(name)))
  const last = kept.at(-1)
  // `storage.Interface.GuaranteedUpdate`: of two owners the first is the package; after a path there is only a receiver.
  const owned = kept.slice(0, names.at(-1) === '' ? undefined : -1)
  const owners = owned.map(
    (name, at): Part => ({
      is: path !== null ? 'receiver' : owned.length === 1 ? 'owner' : at < owned.length - 1 ? 'package' : 'receiver',
      ask: asked(name),
    }),
  )
  const before: Part[] = path === null ? [] : [{ is: 'path', path }]
  if (last === undefined) return before
  // `store.` asks for what the store can do.
  if (names.at(-1) === '') return [...before, ...owners]
  const is = names.length > 1 || path !== null ? 'name' : 'any'
  return [...before, ...owners, { is, ask: asked(last) }]
}

/** Splits `etcd3.(*store).Create` at its dots; what is in brackets is left out. */
function dotted(word: string): string[] {
  return word
    .replace(/\[.*?\]/g, '')
    .replace(/#|::/g, '.')
    .replace(/-fm$/, '')
    .split('.')
    .map((name) => name.replace(/[^\p{L}\p{N}_-]/gu, ''))
}

/** The path as modules name it: without versions and without the folders of the machine it was built on. */
function cleanPath(path: string): string {
  return path
    .replace(/^.*\/(?:vendor|mod|src)\//, '')
    .replace(/@[^/]*/g, '')
    .replace(/%2e/g, '.')
    .replace(/^[./]+|\/+$/g, '')
    .toLowerCase()
}
