/** What a row of "You may have read" shows. */
import { expect, test } from 'vitest'
import { loadBook } from '../../../src/book/load.ts'
import { founded } from '../../../src/components/founded.ts'

async function read(seed: string): Promise<string[]> {
  const chapter = (await loadBook('content')).chapters.find(({ id }) => id === 'create-a-pod')
  if (!chapter) throw new Error('The book has no chapter create-a-pod.')
  return (await founded(chapter, { step: 'you-may-have-read/r-url', seed })).read
}

test('a row shows each of its commands', async () => {
  expect(await read('seed-08-05 seed-08-06')).toEqual(['p a.GetVerb()', 'p a.GetResource()'])
})

test('a row shows a command once that was printed in two places', async () => {
  expect(await read('seed-07-03 seed-08-01')).toEqual(['b plugin/pkg/auth/authorizer/rbac/rbac.go:Authorize'])
})
