/** Which function a line belongs to. */
import { expect, test } from 'vitest'
import { Declarations } from '../../../../src/browser/source-page/functions.ts'

const lines = [
  'package one',
  '',
  '// store keeps.',
  'type store struct {',
  '}',
  '',
  '// Create makes',
  '// one.',
  'func (s *store) Create() {',
  '\tgo func() {',
  '\t}()',
  '}',
]
const declared = new Declarations(
  {
    functions: [
      ['(*store).Create', 9, 12],
      ['(*store).Create.gowrap1', 10, 11],
    ],
    types: [['store', 'struct', 4, 5]],
  },
  (line) => lines[line - 1] ?? '',
)

test('a comment belongs to what it stands above', () => {
  expect(declared.outerAt(3)?.name).toBe('store')
  expect(declared.outerAt(7)?.name).toBe('(*store).Create')
  expect(declared.outerAt(6)).toBeNull()
})

test('the innermost function has a line, and outlines have outer ones only', () => {
  expect(declared.functionAt(10)?.name).toBe('(*store).Create.gowrap1')
  expect(declared.functionAt(12)?.name).toBe('(*store).Create')
  expect(declared.functionAt(4)).toBeNull()
  expect(declared.outer.map(({ name }) => name)).toEqual(['store', '(*store).Create'])
})
