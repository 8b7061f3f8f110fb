/** Lists of words, scored as a whole. */
import { expect, test } from 'vitest'
import { asked } from '../../../../src/browser/search/match-word.ts'
import { type Score, scoreWords } from '../../../../src/browser/search/score-words.ts'
import { Words } from '../../../../src/browser/search/words.ts'

const words = new Words()
words.addAll('Create\nCreateHandler\ndelete\ncretae\n')
const found = (text: string, score: Score) =>
  [...scoreWords(words, asked(text), 1, score).scores].flatMap((points, at) => (points > 0 ? [words.texts[at]] : []))

test('as typed, exact, or with one mistake', () => {
  expect(found('create', 'as typed')).toEqual(['Create', 'CreateHandler'])
  expect(found('create', 'exact')).toEqual(['Create'])
  expect(found('create', 'one mistake')).toEqual(['Create', 'CreateHandler', 'cretae'])
  expect(found('xyz', 'exact')).toEqual([])
})

test('what was scored is kept until there are more words', () => {
  const scored = () => scoreWords(words, asked('dele'), 1, 'as typed')
  const before = scored()
  expect(scored()).toBe(before)
  words.addAll('Deleted\n')
  expect(found('dele', 'as typed')).toEqual(['delete', 'Deleted'])
})
