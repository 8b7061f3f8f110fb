/** Answers of a terminal, told from keys. */
import { expect, test } from 'vitest'
import { isAnswer } from '../../../src/relay/answers.ts'

const answers = [
  '[?1;2c',
  '[>0;276;0c',
  '[0n',
  '[12;40R',
  '[?12;40R',
  '[?2004;1$y',
  ']11;rgb:1e1e/1e1e/1e1e\u001b\\',
  ']10;rgb:ff/ff/ff\u0007',
  'P1$r0m\u001b\\',
  'P>|xterm.js(6.0.0)\u001b\\',
  '[8;24;80t',
  '[?0u',
]
const keys = ['[A', 'OP', '[1;5C', '[15~', '[200~paste\u001b[201~', '[Z', '[<0;10;10M', '[I', '[O', '', 'x', '[13;2u']

test.each(answers)('ESC %j is an answer', (text) => {
  expect(isAnswer(`\u001b${text}`)).toBe(true)
})

test.each(keys)('ESC %j is a key', (text) => {
  expect(isAnswer(`\u001b${text}`)).toBe(false)
})

test('two answers at once are answers, an answer among keys is not', () => {
  expect(isAnswer('\u001b[0n\u001b[1;1R')).toBe(true)
  expect(isAnswer('ls\u001b[0n')).toBe(false)
  expect(isAnswer('\u001b[0nls')).toBe(false)
})
