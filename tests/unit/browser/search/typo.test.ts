/** One mistake is forgiven, two are not. */
import { expect, test } from 'vitest'
import { matchTypo, typoPlan } from '../../../../src/browser/search/typo.ts'

function match(word: string, asked: string): string | null {
  const plan = typoPlan(asked)
  const found = plan && matchTypo(word, plan)
  return found && word.slice(found.from, found.to)
}

test.each([
  ['a letter missing', 'admission', 'admision', 'admission'],
  ['a letter too many', 'admission', 'admisssion', 'admission'],
  ['another letter', 'admission', 'admizsion', 'admission'],
  ['two that changed places', 'admission', 'admissoin', 'admission'],
  ['two that changed places in the middle', 'admission', 'admsision', 'admission'],
  ['in the first half', 'admission', 'amdission', 'admission'],
  ['at the end', 'admission', 'admissiom', 'admission'],
  ['in a longer word', 'withauthentication', 'authentcation', 'authentication'],
  ['at the end of a word that goes on', 'createhandler', 'creathandler', 'createhandler'],
])('%s', (_, word, asked, found) => {
  expect(match(word, asked)).toBe(found)
})

test.each([
  ['two mistakes', 'admission', 'admizzion'],
  ['another first letter', 'create', 'xreate'],
  ['what is too short to tell', 'get', 'gte'],
])('%s is not found', (_, word, asked) => {
  expect(match(word, asked)).toBeNull()
})

/** Every mistake there is in one word, against the slow and sure way. */
test('every single mistake after the first letter is found', () => {
  const word = 'dispatchevent'
  const mistakes = new Set<string>()
  for (let at = 1; at < word.length; at++) {
    mistakes.add(word.slice(0, at) + word.slice(at + 1))
    mistakes.add(`${word.slice(0, at)}z${word.slice(at + 1)}`)
    mistakes.add(`${word.slice(0, at)}z${word.slice(at)}`)
    if (at + 1 < word.length) mistakes.add(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2))
  }
  mistakes.delete(word)
  const missed = [...mistakes].filter((asked) => !word.includes(asked) && match(word, asked) === null)
  expect(missed).toEqual([])
})
