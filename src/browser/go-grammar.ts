/** The grammar of Go that colours are made with: Shiki's, without one rule that does not come to an end. */
import go from 'shiki/langs/go.mjs'

/** Holds the rules for fields of structs. */
const FIELDS = 'struct_variables_types_fields'
/**
 * How the rule begins that is meant for several fields on one line, `struct{ a int; b string }`. On other lines with a brace, comments
 * such as `// writes to one{c}, which …` among them, it tries every way to cut the rest into words: minutes, or for ever.
 * The rules beside it colour such structs nearly as well.
 */
const ENDLESS = '(?<=\\{)((?:\\s*(?:'

type Grammar = (typeof go)[number]

/** The grammar for Shiki. Throws when the rule is not there any more: then this file may go too. */
export function goGrammar(): Grammar {
  const [grammar] = go
  const fields = grammar?.repository[FIELDS]
  const patterns = fields?.patterns?.filter((pattern) => !String(pattern.match).startsWith(ENDLESS))
  if (!grammar || !fields?.patterns || patterns?.length !== fields.patterns.length - 1) {
    throw new Error(`Shiki's grammar of Go has changed: see whether ${FIELDS} still has an endless rule, and adapt src/browser/go-grammar.ts.`)
  }
  const repository: Grammar['repository'] = Object.assign({}, grammar.repository, { [FIELDS]: { ...fields, patterns } })
  return { ...grammar, repository }
}
