/** Text goes into a page and comes out as it was. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { columns, linesOfPage, PART, textElement } from '../../../../src/source/page/text.ts'
import { pinnedFile } from '../../../../src/source/pinned-files.ts'

const page = (lines: readonly string[]) => `<html><p>head &lt;</p>${textElement(lines)}<script>"</pre>"</script></html>`

test('what looks like a tag or an entity comes out as it went in', () => {
  const lines = ['', 'if a < b && c > d {', '\t"&lt;pre>", `</pre>`, \'&amp;\'', '']
  expect(linesOfPage(page(lines))).toEqual(lines)
})

test('parts have the same number of lines, and the last one says how many it has', () => {
  const html = textElement(Array.from({ length: PART + 3 }, (_, at) => String(at)))
  expect(html.match(/<span[^>]*>/g)).toEqual(['<span>', '<span style="--n:3">'])
  expect(linesOfPage(page(Array.from({ length: 2 * PART }, (_, at) => String(at))))).toHaveLength(2 * PART)
})

test('the largest file of all comes out as it went in', async () => {
  const { path } = await pinnedFile('k8s.io/kubernetes', 'pkg/generated/openapi/zz_generated.openapi.go', 'here')
  const text = await readFile(path, 'utf8')
  const lines = text.replace(/\n$/, '').split('\n')
  expect(lines.length).toBeGreaterThan(70_000)
  expect(linesOfPage(page(lines))?.join('\n')).toBe(lines.join('\n'))
})

test('what is no page has no text', () => {
  expect(linesOfPage('<h1>No such page</h1>')).toBeNull()
})

test('a line takes the columns that its tabs and wide characters take', () => {
  expect(columns('\tx')).toBe(5)
  expect(columns('ab\tx')).toBe(5)
  expect(columns('abcd\tx')).toBe(9)
  expect(columns('// 中文')).toBe(7)
})
