/** Signatures and doc comments are cut out of the text as a reader wants them. */
import { expect, test } from 'vitest'
import type { CodeSymbol } from '../../../../src/browser/code/symbols.ts'
import { wordsOf } from '../../../../src/browser/code/words.ts'

const lines = [
  '// Do does it.', // 1
  '// It goes on,',
  '//',
  '// and on.',
  '//go:noinline',
  'func Do(one struct{ a int }, two interface{}) (interface{ A() }, error) { return nil, nil }', // 6
  'func many(', // 7
  '\tone int,',
  ') error {',
  'type (', // 10
  '\t/* Inner is in a group. */',
  '\tInner struct {', // 12
  '\t\tName string',
  '\t}',
  ')',
]
const symbol = (part: Partial<CodeSymbol>): CodeSymbol => ({ id: 0, kind: 'function', name: '', file: 'a.go', line: 1, to: 1, doc: 1, ...part })

test('a function loses its body and keeps the braces of its types; what is said to tools is no doc', () => {
  expect(wordsOf(symbol({ line: 6, to: 6, doc: 1 }), lines)).toEqual({
    signature: ['func Do(one struct{ a int }, two interface{}) (interface{ A() }, error)'],
    cut: false,
    doc: ['Do does it. It goes on,', 'and on.'],
  })
})

test('a signature may have several lines', () => {
  expect(wordsOf(symbol({ line: 7, to: 9, doc: 7 }), lines)).toEqual({ signature: ['func many(', '\tone int,', ') error'], cut: false, doc: [] })
})

test('a type of a group is told with its keyword and without the indentation', () => {
  expect(wordsOf(symbol({ kind: 'type', line: 12, to: 14, doc: 11 }), lines)).toEqual({
    signature: ['type Inner struct {', '\tName string', '}'],
    cut: false,
    doc: ['Inner is in a group.'],
  })
})

test('a long declaration is cut, a type sooner than others', () => {
  const words = wordsOf(symbol({ kind: 'variable', line: 1, to: 40 }), Array<string>(40).fill('x'))
  expect(words.cut).toBe(true)
  expect(words.signature).toHaveLength(12)
  expect(wordsOf(symbol({ kind: 'type', line: 1, to: 40 }), Array<string>(40).fill('x')).signature).toHaveLength(6)
})

test('of an interface its methods are shown, without their comments', () => {
  const text = ['type Interface interface {', '\t// Get gets.', '\tGet() error', '', '\t// Put puts.', '\tPut() error', '}']
  expect(wordsOf(symbol({ kind: 'interface', line: 1, to: 7 }), text)).toEqual({
    signature: ['type Interface interface {', '\tGet() error', '\tPut() error', '}'],
    cut: false,
    doc: [],
  })
})
