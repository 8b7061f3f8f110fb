/** Licences are known by their words; a text that is not known stops the build. */
import { expect, test } from 'vitest'
import { licenceName, licenceOf } from '../../../src/source/licence.ts'
import { pinnedFiles } from '../../../src/source/pinned-files.ts'

test('every compiled file stands under a licence that is known', async () => {
  const names = new Set<string>()
  for (const file of await pinnedFiles()) names.add((await licenceOf(file)).name)
  expect([...names].sort()).toEqual(expect.arrayContaining(['Apache 2.0', 'BSD 2-Clause', 'BSD 3-Clause', 'ISC', 'MIT', 'MPL 2.0 and BSD 3-Clause']))
})

test('a forked package keeps its own licence', async () => {
  const forked = (await pinnedFiles()).find(({ file }) => file.startsWith('k8s.io/apimachinery@') && file.includes('third_party/forked/golang/'))
  expect(forked && (await licenceOf(forked)).name).toBe('BSD 3-Clause')
})

test('a licence in other words is refused, with where to look', () => {
  expect(() => licenceName('Do what you like.', 'some/folder')).toThrow('some/folder')
})
