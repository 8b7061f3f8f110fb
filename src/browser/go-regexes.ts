/**
 * Regular expressions for the patterns of Go's grammar, which are written for Oniguruma. To translate them costs a worker three times what it costs to
 * colour a window of text with them, so the built site has a table in the place of this file: see `src/site-regexes.ts`.
 */
import { defaultJavaScriptRegexConstructor } from 'shiki/engine/javascript'

/** The regular expression that finds what an Oniguruma pattern finds. */
export function regexOf(pattern: string): RegExp {
  // Every browser that has what the translation needs has this, so that the table is the same for all.
  return defaultJavaScriptRegexConstructor(pattern, { target: 'ES2018' })
}
