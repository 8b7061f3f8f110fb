/** Which lines of a halted function say values. */
import { expect, test } from 'vitest'
import { valuesOfLines } from '../../../../../src/browser/source-page/live/line-values.ts'
import type { Variable } from '../../../../../src/delve/state.ts'

const lines = ['func add(a, b int) int {', '\tsum := a + b', '\tif sum > 3 {', '\t\treturn a', '\t}', '\treturn sum']
const variable = (name: string, value: string): Variable => ({ name, value, type: 'int', expression: name, expandable: false })
const values = { arguments: [variable('a', '1'), variable('b', '2')], locals: [variable('sum', '3')] }
const shown = (at: number) =>
  valuesOfLines({ from: 1, at }, (line) => lines[line - 1] ?? '', values).map(
    ({ line, values: all }) => `${line}: ${all.map(({ name, value }) => `${name}=${value}`).join(' ')}`,
  )

test('every line of the function that names values has them, down to the halted one', () => {
  expect(shown(3)).toEqual(['1: a=1 b=2', '2: sum=3 a=1 b=2', '3: sum=3'])
})

test('what stands below has not been run, so it says nothing', () => {
  expect(shown(1)).toEqual(['1: a=1 b=2'])
})
