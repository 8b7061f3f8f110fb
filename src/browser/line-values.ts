/** Which values are worth showing at the end of a line: short ones, of names that the line itself mentions. Pure. */
import type { VariablesEvent } from './debugger-model.ts'

/** A value that is longer would push the line out of the pane. */
const LONGEST = 40
const MOST = 3

/** The values of `variables` that `line` names, in the order of the line. */
export function valuesOf(line: string, variables: Pick<VariablesEvent, 'arguments' | 'locals'>): { name: string; value: string }[] {
  // What stands in quotation marks or behind a dot is not a variable.
  const names = line.replace(/"[^"]*"|`[^`]*`|\/\/.*$/g, '').match(/(?<![.\w])[A-Za-z_]\w*/g) ?? []
  // The innermost of two that share a name is the last local.
  const all = new Map([...variables.arguments, ...variables.locals].map((variable) => [variable.name, variable]))
  const found = [...new Set(names)].flatMap((name) => {
    const variable = all.get(name)
    return variable && !variable.expandable && !variable.children?.length && variable.value.length > 0 && variable.value.length <= LONGEST
      ? [{ name, value: variable.value }]
      : []
  })
  return found.slice(0, MOST)
}
