/** Source that a recording only names is printed as Delve prints it. */
import { expect, test } from 'vitest'
import { listing } from '../../../src/browser/listing.ts'

const lines = ['package a', '', 'func A() {', '\tb()', '}']
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const plain = (text: string) => text.replace(/\x1b\[\d+m/g, '')

test('lines are numbered in four columns, and the arrow marks the one where the target stands', () => {
  expect(plain(listing(lines, { from: 3, to: 5, arrow: 4 }))).toBe('     3:\tfunc A() {\r\n=>   4:\t\tb()\r\n     5:\t}\r\n')
})

test('a range that ends behind the file ends with the file', () => {
  expect(plain(listing(lines, { from: 5, to: 9, arrow: null }))).toBe('     5:\t}\r\n')
})

test('a bare line is its text alone', () => {
  expect(listing(lines, { from: 4, to: 4, arrow: null, bare: true })).toBe('\tb()')
})
