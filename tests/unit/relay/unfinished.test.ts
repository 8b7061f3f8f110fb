/** Where a terminal's output breaks off. */
import { expect, test } from 'vitest'
import { unfinished } from '../../../src/relay/unfinished.ts'

const rest = (...chunks: (string | Buffer)[]) => {
  const followed = unfinished()
  for (const chunk of chunks) followed.take(Buffer.from(chunk as string))
  return followed.rest().toString('latin1')
}

const cases: [string, (string | Buffer)[], string][] = [
  ['plain text', ['hello\r\n'], ''],
  ['a whole colour', ['\u001b[31mred'], ''],
  ['a lone escape', ['text\u001b'], '\u001b'],
  ['an open colour', ['text\u001b[38;5;1'], '\u001b[38;5;1'],
  ['an open colour in three parts', ['\u001b', '[3', '8;5'], '\u001b[38;5'],
  ['an open colour that is finished', ['\u001b[3', '1mred'], ''],
  ['an open title', ['\u001b]0;tit', 'le'], '\u001b]0;title'],
  ['a title ended by a bell', ['\u001b]0;tit', 'le\u0007$ '], ''],
  ['a title ended by a string terminator', ['\u001b]0;title\u001b', '\\$ '], ''],
  ['a title whose terminator is half there', ['\u001b]0;title\u001b'], '\u001b'],
  ['a device control string that holds a bell', ['\u001bPq\u0007more'], '\u001bPq\u0007more'],
  ['a sequence that was given up', ['\u001b[31\u0018text'], ''],
  ['a sequence that begins anew', ['\u001b[31\u001b[4'], '\u001b[4'],
  ['a character set', ['\u001b('], '\u001b('],
  ['a character set that is whole', ['\u001b(', 'B'], ''],
  ['half a character', [Buffer.from([0x41, 0xe4, 0xb8])], '\u00e4\u00b8'],
  ['a character in three parts', [Buffer.from([0xe4]), Buffer.from([0xb8]), Buffer.from([0xad])], ''],
  ['three quarters of a character', [Buffer.from([0xf0, 0x9f]), Buffer.from([0x98])], '\u00f0\u009f\u0098'],
  ['bytes that are no characters', [Buffer.from([0x80, 0x80, 0x80, 0x80])], ''],
]

test.each(cases)('after %s', (_name, chunks, expected) => {
  expect(rest(...chunks)).toBe(expected)
})

test('of a title without end only the beginning is kept', () => {
  const title = rest('\u001b]0;', 'x'.repeat(100_000), 'y'.repeat(100_000))
  expect(title.length).toBe(8_192)
  expect(title.startsWith('\u001b]0;xxx')).toBe(true)
})
