/** The outlines of all source pages, read from the pins by Go's own parser. */
import { expect, test } from 'vitest'
import { hasPage } from '../../../src/source/address.ts'
import { outlines } from '../../../src/source/outlines.ts'
import { pinnedFiles } from '../../../src/source/pinned-files.ts'

test('every file that has a page has its outline', async () => {
  const all = await outlines()
  expect(all.map(({ file }) => file)).toEqual((await pinnedFiles()).filter(hasPage))
  expect(all.filter(({ packageName }) => packageName === '')).toEqual([])
  // Measured with another program: notes count 55,220 functions and methods without closures.
  const declared = all.flatMap(({ functions }) => functions.filter(({ name }) => !/\.func\d+/.test(name)))
  expect(declared.length).toBeGreaterThan(50_000)
})

test('generated files are known', async () => {
  const all = await outlines()
  const generated = (inside: string) => all.find(({ file }) => file.inside === inside)?.generated
  expect(generated('core/v1/zz_generated.deepcopy.go')).toBe(true)
  expect(generated('pkg/storage/etcd3/store.go')).toBe(false)
})
