/** Which values are shown at the end of the halted line. */
import { expect, test } from 'vitest'
import { valuesOf } from '../../../src/browser/line-values.ts'
import type { Variable } from '../../../src/delve/state.ts'

const variable = (name: string, value: string, expandable = false): Variable => ({ name, type: 'string', value, expression: name, expandable })

test('short values of names in the line are shown, in the order of the line', () => {
  const all = { arguments: [variable('name', '"nginx"')], locals: [variable('namespace', '"default"'), variable('other', '1')] }
  expect(valuesOf('\tcreate(namespace, name)', all)).toEqual([
    { name: 'namespace', value: '"default"' },
    { name: 'name', value: '"nginx"' },
  ])
})

test('a member of the same name, and a word in quotation marks or a comment, is no variable', () => {
  expect(valuesOf('\tscope.name("name") // name', { arguments: [variable('name', '"nginx"')], locals: [] })).toEqual([])
})

test('what can be opened, and what is long, is left to the tree', () => {
  const locals = [variable('obj', 'runtime.Object', true), variable('text', 'x'.repeat(80))]
  expect(valuesOf('\tf(obj, text)', { arguments: [], locals })).toEqual([])
})

test('the innermost of two variables that share a name counts', () => {
  expect(valuesOf('\tf(err)', { arguments: [], locals: [variable('err', '"old"'), variable('err', '"new"')] })).toEqual([
    { name: 'err', value: '"new"' },
  ])
})
