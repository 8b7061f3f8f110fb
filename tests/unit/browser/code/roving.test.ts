/** The arrows lead from identifier to identifier, and never off the file. */
import { expect, test } from 'vitest'
import { identifiersOf } from '../../../../src/browser/code/identifiers.ts'
import { nextIdentifier } from '../../../../src/browser/code/roving.ts'

const identifiers = identifiersOf(['a := b.c(d)', '', '}', '\tlonger = e', 'return'])
const from = (name: string) => identifiers.find((one) => one.name === name) ?? { name, line: 0, column: 0 }

test.for([
  ['a', 'ArrowRight', 'b'],
  ['d', 'ArrowRight', 'longer'],
  ['e', 'ArrowRight', undefined],
  ['longer', 'ArrowLeft', 'd'],
  ['a', 'ArrowLeft', undefined],
  ['c', 'End', 'd'],
  ['c', 'Home', 'a'],
  // Lines without identifiers are passed; the nearest column wins.
  ['d', 'ArrowDown', 'e'],
  ['a', 'ArrowDown', 'longer'],
  ['longer', 'ArrowUp', 'a'],
  ['a', 'ArrowUp', undefined],
  ['e', 'ArrowDown', undefined],
  ['a', 'x', undefined],
] as const)('from %s, %s leads to %s', ([name, key, expected]) => {
  expect(nextIdentifier(identifiers, from(name), key)?.name).toBe(expected)
})

test('from the number of a line the right arrow leads to its first identifier, and nowhere when it has none', () => {
  expect(nextIdentifier(identifiers, { name: '', line: 4, column: -1 }, 'ArrowRight')?.name).toBe('longer')
  expect(nextIdentifier(identifiers, { name: '', line: 2, column: -1 }, 'ArrowRight')).toBeNull()
})
