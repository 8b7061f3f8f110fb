/**
 * Colours Go: each line becomes HTML in which spans carry the class names of the book's tokens (`--go-*`), so that one text serves both themes.
 * Shiki's core (chosen: TextMate grammars, so build and page agree) with the JavaScript engine, which gives the same tokens as Oniguruma without WebAssembly.
 */
import { codeToTokensBase, createShikiPrimitive, type GrammarState, getLastGrammarState } from 'shiki/core'
import { createJavaScriptRawEngine, JavaScriptScanner } from 'shiki/engine/javascript'
import { goGrammar } from './go-grammar.ts'
import { regexOf } from './go-regexes.ts'

/** Which scopes of the grammar carry which class: keyword, type, function, string, constant, comment. What is in no list is plain. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  k: ['keyword'],
  t: ['storage.type', 'entity.name.type'],
  f: ['entity.name.function'],
  s: [
    'string',
    'punctuation.definition.string',
    'entity.name.import',
    'constant.character.escape',
    'constant.other.placeholder',
    'constant.other.rune',
  ],
  n: ['constant.numeric', 'constant.language', 'keyword.other.unit', 'punctuation.separator.constant.numeric'],
  c: ['comment', 'punctuation.definition.comment'],
}
/** Signs and package names are plain, whatever wider scope they are in. */
const PLAIN = ['keyword.operator', 'entity.name.type.package']

// A theme can only say colours, so each class has a colour that stands for it.
const PLAIN_COLOUR = '#000000'
const colourOf = (at: number) => `#00000${at + 1}`
const classes = new Map(Object.keys(SCOPES).map((name, at) => [colourOf(at), name]))
const theme = {
  name: 'class-names',
  fg: PLAIN_COLOUR,
  bg: '#ffffff',
  settings: [
    ...Object.values(SCOPES).map((scope, at) => ({ scope: [...scope], settings: { foreground: colourOf(at) } })),
    { scope: PLAIN, settings: { foreground: PLAIN_COLOUR } },
  ],
}

/** Characters of a line that is coloured; longer ones are tables of numbers (one has half a million), and stay plain. */
const LONGEST = 5_000

/** Without a limit of milliseconds a line, colours do not depend on how busy the machine is. */
const HOW = { lang: 'go', theme: theme.name, tokenizeMaxLineLength: LONGEST, tokenizeTimeLimit: 0 }

/** Colours a file from its beginning, as many lines at a time as one likes. */
export interface GoHighlighter {
  /** HTML of each line; `lines` continue those of the call before. */
  next(lines: readonly string[]): string[]
}

// Put together here, since the engine that translates patterns would bring its translator along.
const regexes = new Map<string, RegExp | Error>()
const engine = {
  createScanner: (patterns: (string | RegExp)[]) => new JavaScriptScanner(patterns, { cache: regexes, regexConstructor: regexOf }),
  createString: createJavaScriptRawEngine().createString,
}

// Not a whole highlighter, half of which is for making HTML.
let highlighter: ReturnType<typeof createShikiPrimitive> | undefined

/** Begins a file. */
export function startGo(): GoHighlighter {
  highlighter ??= createShikiPrimitive({ themes: [theme], langs: [goGrammar()], engine })
  const shiki = highlighter
  let state: GrammarState | undefined
  return {
    next(lines) {
      if (lines.length === 0) return []
      const tokens = codeToTokensBase(shiki, lines.join('\n'), { ...HOW, ...(state && { grammarState: state }) })
      state = getLastGrammarState(shiki, tokens)
      return tokens.map((line) => htmlOf(line.map(({ content, color }, at) => ({ text: content, name: classOf(color, line[at + 1]?.content) }))))
    },
  }
}

/** HTML of each line. Give whole files and cut afterwards: a line in a comment or a raw string does not show it by itself. */
export async function highlightGo(lines: readonly string[]): Promise<string[]> {
  return startGo().next(lines)
}

/** The grammar takes both words of `http.Request` for types; the one before the dot is a package. */
function classOf(colour: string | undefined, after: string | undefined): string {
  const name = classes.get(colour ?? '') ?? ''
  return name === 't' && after?.startsWith('.') ? '' : name
}

function htmlOf(tokens: readonly { text: string; name: string }[]): string {
  let html = ''
  let open = ''
  for (const { text, name } of tokens) {
    if (name !== open) {
      if (open) html += '</span>'
      if (name) html += `<span class="${name}">`
      open = name
    }
    html += escaped(text)
  }
  return open ? `${html}</span>` : html
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
}
