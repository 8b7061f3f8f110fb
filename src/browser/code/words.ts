/** Cuts signature and doc comment of a symbol out of the text of its file. */
import type { CodeSymbol, SymbolKind } from './symbols.ts'

/** Lines of a declaration that are shown. A type may have hundreds, and what people ask of it, who implements it, stands below. */
const LONGEST = 12
const LONGEST_TYPE = 6

/** Keywords that a declaration in a group lacks, by kind. */
const KEYWORDS: Partial<Record<SymbolKind, string>> = { type: 'type', interface: 'type', variable: 'var', constant: 'const' }

export interface Words {
  /** The signature's lines as Go; `cut` says that the declaration goes on. */
  signature: readonly string[]
  cut: boolean
  /** Paragraphs of the doc comment. */
  doc: readonly string[]
}

/** The words of a symbol; `lines` is the text of its file. */
export function wordsOf({ kind, name, line, to, doc }: CodeSymbol, lines: readonly string[]): Words {
  const ofType = kind === 'type' || kind === 'interface'
  const all = lines.slice(line - 1, to)
  // Methods and fields say more than the first one's comment.
  const declared = ofType ? all.filter((one) => !/^\s*(?:\/\/|$)/.test(one)) : all
  const signature = unindented(declared.slice(0, ofType ? LONGEST_TYPE : LONGEST))
  const cut = declared.length > signature.length
  const keyword = KEYWORDS[kind]
  if (keyword && !signature[0]?.startsWith(`${keyword} `)) signature[0] = `${keyword} ${signature[0]}`
  // A method of an interface looks like any call; of which interface it is, its line does not say.
  if (kind === 'interface method' && name.includes('.')) signature[0] = `func (${name.slice(0, name.lastIndexOf('.'))}) ${signature[0]}`
  if (kind === 'function' || kind === 'method') signature.push(withoutBody(signature.pop() ?? ''))
  return { signature, cut, doc: paragraphs(lines.slice(doc - 1, line - 1)) }
}

/** gofmt sets a blank before the brace of a body, and none before that of `interface{}`. */
function withoutBody(line: string): string {
  return line.replace(/(?<!\b(?:struct|interface)) \{.*$/, '')
}

function unindented(lines: readonly string[]): string[] {
  const depth = /^\t*/.exec(lines[0] ?? '')?.[0].length ?? 0
  return lines.map((line) => line.replace(new RegExp(`^\\t{0,${depth}}`), '').trimEnd())
}

/** The text of a comment, without what is said to tools: `//go:generate`, `// +optional`. */
function paragraphs(comment: readonly string[]): string[] {
  const text = comment
    .map((line) => line.trim())
    .filter((line) => !/^\/\/(?:\w+:\S| ?\+\w)/.test(line))
    .map((line) => line.replace(/^\/\/ ?|^\/\*+ ?|^\* |\s*\*\/$/g, '').trim())
  return text
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
    .filter((paragraph) => paragraph !== '')
}
