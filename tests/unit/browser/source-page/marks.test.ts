/** Colours of a line, from the highlighter's own HTML. */
import { expect, test } from 'vitest'
import { highlightGo } from '../../../../src/browser/highlight.ts'
import { marksOf } from '../../../../src/browser/source-page/marks.ts'

test('marks are where the words are, entities counted as the characters they stand for', async () => {
  const line = '\tif a && b < "x > y" { return nil } // done'
  const [html = ''] = await highlightGo(['package one\n', 'func f() {', line].slice(2))
  const words = marksOf(html).map(({ from, to, name }) => [line.slice(from, to), name])
  expect(words).toContainEqual(['"x > y"', 's'])
  expect(words).toContainEqual(['nil', 'n'])
  expect(words).toContainEqual(['// done', 'c'])
})
