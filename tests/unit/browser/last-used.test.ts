/** What was used last is kept, and each thing is loaded once. */
import { expect, test } from 'vitest'
import { LastUsed } from '../../../src/browser/last-used.ts'

test('what was used last is kept, and a failure is not', async () => {
  const kept = new LastUsed<number>(2)
  let loads = 0
  const load = async () => ++loads
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await kept.get(key, load)
  // b was pushed out by c.
  expect(loads).toBe(4)
  await expect(kept.get('d', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await kept.get('d', load)).toBe(5)
})
