/** One line, named by its text: found, or refused with what could have been meant. */
import { expect, test } from 'vitest'
import { BookError } from '../../../src/book/book-error.ts'
import { onlyLine } from '../../../src/source/only-line.ts'

const lines = [
  'func run() {',
  '\tif err := start(); err != nil {',
  '\t\treturn err',
  '\t}',
  '\tif err := wait(); err != nil {',
  '\t\treturn err',
  '\t}',
  '\treturn nil',
  '}',
]
const numbers = lines.map((_, at) => at + 1)
const find = (text: string, among = numbers) => onlyLine(lines, among, { text, of: 'run', where: 'content/one/walks.yaml:7' })

test('text of one line gives its number', () => {
  expect(find('err := wait()')).toBe(5)
})

test('text of no line is refused with the lines that look most like it', () => {
  expect(() => find('err := weit()')).toThrow(BookError)
  expect(() => find('err := weit()')).toThrowErrorMatchingInlineSnapshot(`
    [BookError: "err := weit()" is in no line of run.
      at content/one/walks.yaml:7
      fix: copy the text from a line of the function, perhaps one of:
        5: if err := wait(); err != nil {
        2: if err := start(); err != nil {]
  `)
})

test('text of two lines is refused with both', () => {
  expect(() => find('return err')).toThrowErrorMatchingInlineSnapshot(`
    [BookError: "return err" is in 2 lines of run; it must be in one.
      at content/one/walks.yaml:7
      fix: give more of the line's text:
        3: return err
        6: return err]
  `)
})

test('text of three lines is refused with all three', () => {
  expect(() => find('return')).toThrowErrorMatchingInlineSnapshot(`
    [BookError: "return" is in 3 lines of run; it must be in one.
      at content/one/walks.yaml:7
      fix: give more of the line's text:
        3: return err
        6: return err
        8: return nil]
  `)
})

test('lines that are not asked about do not count', () => {
  expect(find('return err', [4, 5, 6])).toBe(6)
})

test('text that looks like nothing is refused without candidates', () => {
  expect(() => find('zzzz')).toThrow('fix: copy the text from a line of the function.')
})
