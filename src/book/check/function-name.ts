/** Names of functions as Delve prints them: those of generic types carry whole struct types with slashes and brackets. */

/** The name with `[...]` for type arguments, as Go's own stacks have it: `(*Authenticator[go.shape.struct { … }]).Ask` is `(*Authenticator[...]).Ask`. */
export function withTypesElided(name: string): string {
  let depth = 0
  let elided = ''
  for (const character of name) {
    if (character === '[' && depth++ === 0) elided += '[...'
    if (depth === 0) elided += character
    if (character === ']' && --depth === 0) elided += character
  }
  return elided
}
