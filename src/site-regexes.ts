/**
 * Puts the translated patterns of Go's grammar into the built site, in the place of the translator: `src/browser/go-regexes.ts`. The translator is
 * oniguruma-to-es, Shiki's own, in the version that Shiki has: what JavaScript's class cannot do is done by a class of it.
 */
import { goGrammar } from './browser/go-grammar.ts'
import { regexOf } from './browser/go-regexes.ts'

/** What a regular expression is made of; the last is for those that JavaScript's own class cannot do. */
export type Translated = readonly [source: string, flags: string, emulation?: object]

/** What the grammar engine looks for where a rule has no end: it is in no text. */
const NOTHING = '\uFFFF'
const REPLACED = /[\\/]src[\\/]browser[\\/]go-regexes\.ts$/

/** Every pattern that the grammar engine may ask for, translated. */
export function translations(): Map<string, Translated> {
  return new Map([...patternsOf(goGrammar()), NOTHING].flatMap(resolved).map((pattern) => [pattern, parts(regexOf(pattern))]))
}

/** For Vite: serves the table as that module when the site is built. */
export function translatedRegexes() {
  return {
    name: 'translated-regexes',
    enforce: 'pre' as const,
    apply: 'build' as const,
    load: (id: string) => (REPLACED.test(id) ? moduleOf(translations()) : null),
  }
}

function moduleOf(table: ReadonlyMap<string, Translated>): string {
  return `import { EmulatedRegExp } from 'oniguruma-to-es'
const table = new Map(${JSON.stringify([...table])})
export function regexOf(pattern) {
  const found = table.get(pattern)
  if (!found) throw new Error('This pattern was not translated when the site was built, see src/site-regexes.ts: ' + pattern)
  const [source, flags, emulation] = found
  return emulation ? new EmulatedRegExp(source, flags, emulation) : new RegExp(source, flags)
}`
}

function parts(regex: RegExp & { rawOptions?: object }): Translated {
  return regex.rawOptions ? [regex.source, regex.flags, regex.rawOptions] : [regex.source, regex.flags]
}

/** The grammar engine writes anchors that cannot hold at a place as something that is in no text, and the end of the text in its own way. */
function resolved(pattern: string): string[] {
  const source = pattern.replace(/\\(.)/gs, (pair, letter: string) => (letter === 'z' ? '$(?!\\n)(?<!\\n)' : pair))
  const without = (anchors: string) => source.replace(/\\(.)/gs, (pair, letter: string) => (anchors.includes(letter) ? `\\${NOTHING}` : pair))
  return [...new Set(['', 'A', 'G', 'AG'].map(without))]
}

function patternsOf(rule: unknown): string[] {
  if (typeof rule !== 'object' || rule === null) return []
  return Object.entries(rule).flatMap(([key, value]) =>
    typeof value === 'string' ? (['match', 'begin', 'end', 'while'].includes(key) ? [value] : []) : patternsOf(value),
  )
}
