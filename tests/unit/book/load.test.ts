/** Books that load, and books that must not: each folder of tests/fixtures/throws is one, with the error it must make beside it. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BookError } from '../../../src/book/book-error.ts'
import { loadBook } from '../../../src/book/load.ts'

const throws = 'tests/fixtures/throws'

test.each(readdirSync(throws))('%s is refused', async (name) => {
  const error = await loadBook(`${throws}/${name}`).then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(BookError)
  await expect(`${(error as Error).message}\n`).toMatchFileSnapshot(`../../fixtures/throws/${name}/error.txt`)
})

test('the book itself loads, each step with the line it is written on', async () => {
  const book = await loadBook('content')
  const chapter = book.chapters.find(({ id }) => id === 'create-a-pod')
  expect(chapter?.walks[0]?.steps.length).toBeGreaterThanOrEqual(8)
  expect(chapter?.where.steps.get('create-a-pod/break')).toMatch(/^content\/create-a-pod\/walks\.yaml:\d+$/)
})

test('a recording that does not fit is of no concern to who replaces it', async () => {
  const book = await loadBook(`${throws}/a-recording-that-is-not-json`, { recordings: 'ignored' })
  expect(book.chapters[0]?.recording).toBeNull()
})
