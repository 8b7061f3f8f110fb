import { expect, test } from 'vitest'
import { answersOf } from '../../../src/book/founding.ts'
import { loadBook } from '../../../src/book/load.ts'
import { placeOfAnswer } from '../../../src/components/answers.ts'

const book = await loadBook('content')

test('an answer by a step leads to the step, one by a row to the rows of its chapter', () => {
  expect(placeOfAnswer(book, 'etcd/the-key/no-such-step').href).toMatch(/etcd\/#you-may-have-read$/)
  expect(placeOfAnswer(book, 'content/etcd/index.mdx:12').words).toBe('etcd: you may have read')
  const [walk] = book.chapters[0]?.walks ?? []
  const [step] = walk?.steps ?? []
  const { href, words } = placeOfAnswer(book, `${book.chapters[0]?.id}/${walk?.id}/${step?.id}`)
  expect(href.endsWith(`${book.chapters[0]?.id}/#${walk?.id}-${step?.id}`)).toBe(true)
  expect(words).toBe(`${book.chapters[0]?.title}: ${step?.title}`)
})

test('every answer of the book has a place', async () => {
  const answers = (await answersOf('content', book)).flatMap((entry) => entry.answers)
  for (const answer of answers) expect(placeOfAnswer(book, answer).href).toContain('#')
})
