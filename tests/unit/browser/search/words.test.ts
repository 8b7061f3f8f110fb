/** Words and what is known of them beforehand. */
import { expect, test } from 'vitest'
import { bitOf, CAPITAL, letterMask, Words } from '../../../../src/browser/search/words.ts'

function wordsOf(...all: string[]): Words {
  const words = new Words()
  words.addAll(all.map((word) => `${word}\n`).join(''))
  return words
}

test('a mask has the letters of a word, digits as one, and whether it begins with a capital', () => {
  const { masks, texts, lower } = wordsOf('Create', 'v1beta2', '', '_x', 'Ünder')
  expect(texts).toEqual(['Create', 'v1beta2', '', '_x', 'Ünder'])
  expect(lower).toEqual(['create', 'v1beta2', '', '_x', 'ünder'])
  expect([...masks]).toEqual([letterMask('create') | CAPITAL, letterMask('v9beta'), 0, letterMask('x'), letterMask('nder') | CAPITAL])
})

test('words that come later have the next numbers, and their humps', () => {
  const words = wordsOf('DefaultBuild')
  const bits = (letters: string) => [...letters].reduce((mask, letter) => mask | bitOf(letter.charCodeAt(0)), 0)
  expect(words.humpsOf(0)).toBe(bits('db'))
  words.addAll('HTTPServer\nlower\n')
  expect(words.size).toBe(3)
  expect([0, 1, 2].map((number) => words.humpsOf(number))).toEqual([bits('db'), bits('hs'), bits('l')])
})
