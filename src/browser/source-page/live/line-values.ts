/** Values of arguments and locals at the ends of the lines that name them, in the function where the server is halted. Pure. */
import type { VariablesEvent } from '../../debugger-model.ts'
import { valuesOf } from '../../line-values.ts'

export interface LineValues {
  line: number
  values: readonly { name: string; value: string }[]
}

/** The function's lines, its closures with them, from its first to the halted one: what stands below has not been run. */
export function valuesOfLines(
  { from, at }: { from: number; at: number },
  text: (line: number) => string,
  variables: Pick<VariablesEvent, 'arguments' | 'locals'>,
): LineValues[] {
  const lines = Array.from({ length: Math.max(0, at - from + 1) }, (_, index) => from + index)
  return lines.flatMap((line) => {
    const values = valuesOf(text(line), variables)
    return values.length > 0 ? [{ line, values }] : []
  })
}
