/** Identifiers are found where Go's scanner finds them: in no comment, string, rune or number. */
import { expect, test } from 'vitest'
import { firstOnLine, identifierAt, identifiersOf } from '../../../../src/browser/code/identifiers.ts'

const names = (...lines: string[]) => identifiersOf(lines).map(({ name }) => name)

test.for([
  ['keywords are none', 'for range type x struct', ['x']],
  ['a comment to the end of the line', 'a // b "c', ['a']],
  ['a comment inside a line', 'a /* b */ c', ['a', 'c']],
  ['a string with an escaped quote', 'a("b\\"c", d)', ['a', 'd']],
  ['a string with a comment sign', 'a("// b", c)', ['a', 'c']],
  ['runes', `a('b', '\\'', '"', c)`, ['a', 'c']],
  ['a raw string with a backslash at its end', 'a(`b\\`, c)', ['a', 'c']],
  ['hexadecimal numbers, and what is added to them', '0x1e+a + 0X1p-2 + 0xFF_fe', ['a']],
  ['other numbers', '1e+5 + .5e3i + 0b1_0 + 0o7 + 12i + 1_000.5', []],
  ['a field of a number', 'a[0].b + c[1:].d', ['a', 'b', 'c', 'd']],
  ['letters outside ASCII', 'größe := π + 変数2', ['größe', 'π', '変数2']],
  ['a blank', '_, ok := x', ['_', 'ok', 'x']],
] as const)('%s', ([, line, expected]) => {
  expect(names(line)).toEqual(expected)
})

test('comments and raw strings go on over lines, and columns begin anew on each', () => {
  const lines = ['a /* b', 'c */ d', '`e', '\tf` + g', '\t😀 := h']
  expect(identifiersOf(lines)).toEqual([
    { name: 'a', line: 1, column: 0 },
    { name: 'd', line: 2, column: 5 },
    { name: 'g', line: 4, column: 6 },
    // Columns are those of JavaScript's strings: the sign before takes two.
    { name: 'h', line: 5, column: 7 },
  ])
})

test('an identifier is found at any of its columns and at its end', () => {
  const found = identifiersOf(['', '\ts.Create(x)'])
  expect([0, 1, 2, 3, 9, 10, 12, 13].map((column) => found[identifierAt(found, 2, column) ?? -1]?.name)).toEqual([
    undefined,
    's',
    's',
    'Create',
    'Create',
    'x',
    undefined,
    undefined,
  ])
  expect(identifierAt(found, 1, 0)).toBeNull()
  expect(firstOnLine(found, 3)).toBe(3)
})
